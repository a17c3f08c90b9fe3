//! Which database the stories through the router are told on: a file, or with `TONARI_STORIES_ON=postgres` a PostgreSQL,
//! each story in a database of its own. A server that starts again in the same folder finds the same one.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::{LazyLock, Mutex, PoisonError, mpsc};
use std::task::{Context, Poll, Waker};

use server::command::serve::{Opened, open};
use server::config::Config;
use server::service::Clock;
use server::store::{Address, Postgres};
use tokio::runtime::Runtime;

/// Whatever has to be waited for while a story begins; the story's own runtime stands still meanwhile.
static BESIDE: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

static DATABASES: LazyLock<Mutex<HashMap<PathBuf, Address>>> = LazyLock::new(Mutex::default);

pub fn database(var: &Path) -> Address {
    if std::env::var("TONARI_STORIES_ON").as_deref() != Ok("postgres") {
        return Address::of(None, var).unwrap();
    }
    let mut databases = DATABASES.lock().unwrap_or_else(PoisonError::into_inner);
    databases.entry(var.to_path_buf()).or_insert_with(another).clone()
}

fn another() -> Address {
    let config = beside(async { cluster::SHARED.database().await });
    Address::Postgres(Box::new(Postgres { config, encrypted: false, authority: None }))
}

/// Stories need no `await` where they begin: a file opens without anything to wait for, and a server elsewhere is waited
/// for on another thread.
pub fn opened(config: &Config, clock: Clock) -> anyhow::Result<Opened> {
    if let Address::Postgres(_) = config.database {
        let (var, database) = (config.var.clone(), config.database.clone());
        return beside(async move { open(&var, &database, clock).await });
    }
    let opening = pin!(open(&config.var, &config.database, clock));
    match opening.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(opened) => opened,
        Poll::Pending => anyhow::bail!("{} has to be waited for", config.database),
    }
}

fn beside<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let (done, waited) = mpsc::channel();
    BESIDE.spawn(async move { done.send(work.await).ok() });
    waited.recv().expect("what it was asked for did not panic")
}
