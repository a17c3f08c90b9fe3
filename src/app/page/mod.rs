//! One file a screen: state in, components out.

mod about;
mod answer;
mod answer_map;
mod association;
mod banners;
mod choosing;
mod device;
mod find;
mod not_found;
mod reasons;
mod regions;
mod saved;

pub use about::AboutPage;
pub use answer::AnswerPage;
pub use association::AssociationPage;
pub use banners::Banners;
pub use device::DevicePage;
pub use find::FindPage;
pub use not_found::NotFoundPage;
pub use saved::SavedPage;
