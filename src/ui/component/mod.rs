//! One component a file; its style has the same name under `style/components/`.

mod answer_card;
mod checks;
mod choice_list;
mod error_summary;
mod fact_row;
mod frame;
mod icon;
mod link;
mod notice;
mod outline_map;
mod place_field;
mod rich_text;
mod segmented;
mod slot_picker;
mod steps;
mod text_field;
mod tile_map;

pub use answer_card::{AnswerCard, CardKind, Distance, answer_card, badge, heading, japanese, team_badge};
pub use checks::{group, pick, tick};
pub use choice_list::{Choice, choice_list};
pub use error_summary::error_summary;
pub use fact_row::{Provenance, fact_row, unknown_row};
pub use frame::{Tab, bottom_bar, header};
pub use icon::{IconName, icon};
pub use link::{book_or_reach, button, call, outside, reach, save_button};
pub use notice::{Tone, notice, notice_with_act};
pub use outline_map::{MapPin, Window, outline_map};
pub use place_field::{FieldProblem, PlaceFieldState, PlaceOption, place_field};
pub use rich_text::rich_text;
pub use segmented::segmented;
pub use slot_picker::{DayChoice, day_picker, time_list};
pub use steps::steps;
pub use text_field::{TextField, Writing, note_field, text_field};
pub use tile_map::{Tile, tile_map};
