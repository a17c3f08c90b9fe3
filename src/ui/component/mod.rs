//! One component a file; its style has the same name under `style/components/`.

mod answer_card;
mod choice_list;
mod fact_row;
mod frame;
mod icon;
mod notice;
mod outline_map;
mod place_field;
mod segmented;
mod tile_map;

pub use answer_card::{AnswerCard, CardKind};
pub use choice_list::{Choice, ChoiceList};
pub use fact_row::{FactRow, Provenance, UnknownRow};
pub use frame::{BottomBar, Header, Tab};
pub use icon::{Icon, IconName};
pub use notice::{Notice, Tone};
pub use outline_map::{MapPin, OutlineMap};
pub use place_field::{FieldProblem, PlaceField, PlaceOption};
pub use segmented::{Segment, Segmented};
pub use tile_map::{Tile, TileMap};
