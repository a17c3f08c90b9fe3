//! The desk of those who meet founders: its pages and what they ask of the server, under `/desk`. Nobody else reads
//! anything here, and no route is reached but through the one list that says whom it is for (`routes`).

mod board;
mod body;
mod colleagues;
mod cookie;
mod elsewhere;
mod facts;
mod founding;
mod fresh;
mod guard;
mod hours;
mod live;
mod me;
mod ops;
pub mod pages;
mod passkeys;
mod problem;
mod publish;
mod report;
mod routes;
mod sessions;
mod staff;
mod way_in;

pub use body::{Named, Number, Raw, Sent};
pub use problem::DeskError;
pub use routes::{Route, Takes, all, router};
pub use staff::Staff;

/// Where everything but pages and files is.
pub const API: &str = "/desk/api";
