//! What the entry for texts remembers beside what every entry has.

pub mod begin;
pub mod differ;
pub mod elsewhere;
pub mod form;
pub mod picture;
pub mod texts;

use std::ops::Deref;

use crate::state::Base;
use crate::state::found::Found;
use crate::state::reports::Reports;

/// All of it.
#[derive(Clone, Copy)]
pub struct Desk {
    pub base: Base,
    pub texts: texts::Texts,
    pub imports: elsewhere::Imports,
    pub from_file: elsewhere::FromFile,
    pub reports: Reports,
    pub found: Found,
}

impl Desk {
    #[must_use]
    pub fn over(base: Base) -> Self {
        Self {
            base,
            texts: texts::Texts::new(base),
            imports: elsewhere::Imports::new(base),
            from_file: elsewhere::FromFile::new(base),
            reports: Reports::new(base.session),
            found: Found::new(base.session),
        }
    }
}

impl Deref for Desk {
    type Target = Base;

    fn deref(&self) -> &Base {
        &self.base
    }
}
