//! What the entry for booking remembers, one concern a file.

pub mod form;
pub mod offer;
pub mod outbox;

use crate::state::device::Device;
use crate::state::directory::Directory;
use crate::state::routing::Routing;
use browser::spawn_local;
use domain::association::AssociationId;
use domain::outbox::Key;
use ui::live::Live;

use crate::book::routes::BookRoute;

/// All of it.
#[derive(Clone, Copy)]
pub struct Book {
    pub routing: Routing<BookRoute>,
    pub device: Device,
    pub directory: Directory,
    pub offering: offer::Offering,
    pub writing: form::Writing,
    pub outbox: outbox::Outbox,
    pub sight: Live<Sight>,
}

/// Whether what she taps is what she sees: somebody else's page can lay something over a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// A page of our own: nothing can lie over it.
    Own,
    /// In a frame, and in full sight for long enough.
    Clear,
    /// In a frame: covered, transparent, out of sight, or in sight only just now.
    Unclear,
}

impl Book {
    pub(crate) fn new() -> Self {
        Self::beside(Device::here(), Directory::bundled())
    }

    /// In a page that has more than booking.
    pub(crate) fn beside(device: Device, directory: Directory) -> Self {
        Self {
            routing: Routing::here(),
            device,
            directory,
            offering: offer::Offering::new(),
            writing: form::Writing::new(),
            outbox: outbox::Outbox::new(),
            sight: Live::new(Sight::Own),
        }
    }

    /// Closes what she wrote, writes it down, and goes to where it can be followed. The draft goes once the request is
    /// there in its place, and so does the request that came to nothing, if this is another attempt. False where it
    /// cannot be closed: no answer about this team was ever read, so there is no key.
    pub fn send(self, team: AssociationId) -> bool {
        let sealed = self.offering.offer_now().and_then(|offer| self.writing.seal(&offer));
        let Some(entry) = sealed else {
            self.offering.refresh();
            return false;
        };
        spawn_local(async move {
            let key = entry.key.0.clone();
            let before = self.writing.instead_of();
            self.outbox.queue(entry).await;
            self.writing.put_aside(&team, &key);
            if let Some(before) = before {
                self.outbox.replaced(&Key(before));
            }
            self.routing.go_instead(&BookRoute::Booking(key));
        });
        true
    }
}
