//! One integration binary: the server through its router, and the real `tonari` as a process.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where, also in its helpers")]

mod backup;
mod bookings;
mod crash_points;
mod desk;
mod desk_board;
mod desk_calls;
mod desk_elsewhere;
mod desk_facts;
mod desk_hands;
mod desk_mails;
mod desk_passkeys;
mod desk_publish;
mod desk_reports;
mod desk_routes;
mod desk_subjects;
mod device;
mod directory;
mod embed_pages;
mod erasure;
mod evil;
mod files;
mod floods;
mod form;
mod framed;
mod framing;
mod headers;
mod hosts;
mod imports;
mod killed;
mod leaks;
mod limits;
mod locate;
mod mail_faults;
mod mails;
mod metrics;
mod openapi;
mod pictures;
mod place_codes;
mod place_names;
mod place_positions;
mod place_tables;
mod pressure;
mod rates;
mod reading;
mod reading_files;
mod server_under_test;
mod shifting_times;
mod site;
mod start;
mod stories_on;
mod team;
mod waiting;

use tests::{binary, crowd as load};
