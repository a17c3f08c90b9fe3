//! Many at once: how much gets done, and how long each of them waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;

/// What came of one turn.
pub struct Round {
    took: Duration,
    /// Of each, sorted.
    waits: Vec<Duration>,
}

/// `clients` call `act` with 0, 1, 2 … up to `most`, one call after the other each, until the time is over.
pub async fn crowd<A, F>(clients: usize, limit: Duration, most: usize, act: A) -> Result<Round>
where
    A: Fn(usize) -> F + Clone + Send + 'static,
    F: Future<Output = Result<()>> + Send,
{
    let next = Arc::new(AtomicUsize::new(0));
    let started = Instant::now();
    let client = |_| {
        let (next, act) = (Arc::clone(&next), act.clone());
        tokio::spawn(async move {
            let mut waits = Vec::new();
            while started.elapsed() < limit {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= most {
                    break;
                }
                let asked = Instant::now();
                act(number).await?;
                waits.push(asked.elapsed());
            }
            Ok::<_, anyhow::Error>(waits)
        })
    };
    let clients: Vec<_> = (0..clients).map(client).collect();
    let mut waits = Vec::new();
    for client in clients {
        waits.extend(client.await??);
    }
    let took = started.elapsed();
    waits.sort_unstable();
    Ok(Round { took, waits })
}

impl Round {
    pub fn per_second(&self) -> f64 {
        self.waits.len() as f64 / self.took.as_secs_f64()
    }

    /// Milliseconds.
    pub fn percentile(&self, percent: usize) -> f64 {
        let at = (self.waits.len() * percent / 100).min(self.waits.len().saturating_sub(1));
        self.waits.get(at).map_or(f64::NAN, |wait| wait.as_secs_f64() * 1e3)
    }
}

/// The middle of several turns.
pub fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
