//! Numbers for whoever watches the server, in the format of Prometheus. Never a person, a team, a token or a path typed
//! by somebody: labels are of closed sets, so that neither memory nor curiosity grows with what is asked.

use axum::http::Method;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::store::mail::Backlog;

/// Seconds: from an answer out of memory to the end of patience.
const BUCKETS: [f64; 10] = [0.000_5, 0.002, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 15.0];

pub struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    mails_overdue: Gauge,
    mail_oldest: Gauge,
    proofs: Family<Proof, Counter>,
}

/// How a booking under pressure went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Work {
    Asked,
    Solved,
    Refused,
    /// A form without a script was asked to confirm.
    Confirm,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Proof {
    work: Work,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: &'static str,
    /// Of the route table, or what kind of file answered.
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

impl Default for Metrics {
    fn default() -> Self {
        let requests = Family::default();
        let buckets: fn() -> Histogram = || Histogram::new(BUCKETS);
        let seconds = Family::new_with_constructor(buckets);
        let (mails_overdue, mail_oldest) = (Gauge::default(), Gauge::default());
        let mut registry = Registry::with_prefix("tonari");
        registry.register(
            "requests",
            "Answers, by method, route and status; bookings are POST /api/v1/bookings with 201",
            requests.clone(),
        );
        registry.register_with_unit("request", "Time to an answer", Unit::Seconds, seconds.clone());
        registry.register("mails_overdue", "Mails whose time has come", mails_overdue.clone());
        let oldest = "How long the oldest of them has been due";
        registry.register_with_unit("mail_oldest", oldest, Unit::Seconds, mail_oldest.clone());
        let proofs = Family::default();
        let work = "Bookings under pressure, by whether work was asked for, done, or not as it should be";
        registry.register("proofs", work, proofs.clone());
        Self { registry, requests, seconds, mails_overdue, mail_oldest, proofs }
    }
}

impl Metrics {
    pub fn answered(&self, method: &Method, route: &str, status: u16, seconds: f64) {
        // Anybody can invent a method.
        let method = match *method {
            Method::GET => "GET",
            Method::HEAD => "HEAD",
            Method::POST => "POST",
            _ => "other",
        };
        let route = route.to_owned();
        self.requests.get_or_create(&Request { method, route: route.clone(), status }).inc();
        self.seconds.get_or_create(&Route { route }).observe(seconds);
    }

    pub fn worked(&self, work: Work) {
        self.proofs.get_or_create(&Proof { work }).inc();
    }

    /// The whole text, with the mails as they are now.
    #[must_use]
    pub fn text(&self, backlog: &Backlog, now: i64) -> String {
        self.mails_overdue.set(backlog.count);
        self.mail_oldest.set(backlog.oldest.map_or(0, |due| now - due));
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("writing to a String does not fail");
        text
    }
}
