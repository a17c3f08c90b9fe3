//! The one picture of a text: what she says of it, and taking it in.

use browser::document;
use browser::files::{self, Chosen};
use domain::api::FieldProblem;
use domain::api::desk::publish::Shown;

use super::texts::{Texts, Told, path_of};

const ALT: &str = "text-alt";
/// As the server takes it.
const PICTURE_MOST_MB: u32 = 10;
pub const PICTURE_KINDS: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];

impl Texts {
    /// Takes a picture in and shows it; what she wrote is saved first, so that there is a text to show it.
    pub fn add_picture(self, alt: String) {
        let alt = alt.trim().to_owned();
        let file = match fitting(files::chosen("picture"), &alt) {
            Ok(file) => file,
            Err(wrong) => {
                self.wrong.set(vec![wrong]);
                self.told.set(Some(Told::Wrong));
                return document::once_drawn(|| {
                    document::focus("told");
                });
            }
        };
        self.do_it(async move {
            let id = self.saved().await?.card.id;
            let path = [&*path_of(id), "/picture?alt=", &files::encoded(&alt)].concat();
            let shown: Shown = self.session.post_file(&path, &file.kind(), &file).await?;
            self.edit(|form| form.written.picture = Some(shown));
            self.drafts.drop(ALT);
            self.saved().await?;
            Ok(Told::Pictured)
        });
    }

    /// What she says of a picture before it is there; kept like everything she types.
    #[must_use]
    pub fn alt_begun(self) -> String {
        self.drafts.of(ALT)
    }

    pub fn write_alt(self, text: &str) {
        self.drafts.write(ALT, text);
    }
}

/// Told before it is sent: ten megabytes to hear no take their time.
fn fitting(file: Option<Chosen>, alt: &str) -> Result<Chosen, FieldProblem> {
    let wrong = |field: &str, code: &str| FieldProblem { field: field.to_owned(), code: code.to_owned() };
    let file = file.ok_or_else(|| wrong("picture", "no_file"))?;
    if !PICTURE_KINDS.contains(&&*file.kind()) {
        return Err(wrong("picture", "other_kind"));
    }
    if file.bytes() > f64::from(PICTURE_MOST_MB << 20) {
        return Err(wrong("picture", "too_many_bytes"));
    }
    if alt.is_empty() { Err(wrong("picture.alt", "length")) } else { Ok(file) }
}
