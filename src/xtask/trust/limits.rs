//! What no run here can show.

pub const LIMITS: &str = "\
* **Safari and iOS.** Suspended pages, storage that is evicted after seven days, the home screen: none of it runs here. What is
  shown of WebKit is shown on WebKitGTK, which shares the storage code and not the life of an app.
* **One version of each engine.** Older ones are met by care and by planted faults, not by runs.
* **A browser that throws away everything of a site** takes the witness of a loss with it. A number or a file she kept herself
  is all that is left then, and the app says so.
* **Power.** A killed process leaves the system's cache alone. What is lost when the power goes is modelled below SQLite; that a
  disk has written what it says it has is believed.
* **Browsers inside of other apps** are known by what they lack and by their names; the apps do not run here.
* **Storage estimates, push and private file systems** do not exist in WebKitGTK; what needs them runs on the other two engines.
* **Screen readers.** axe and the tree of names are looked at; nobody listened, and no user took part.
* **Load** is made by the machine that serves it, over loopback. A figure says what two cores do with both; a network of phones is
  something else. Runs are bounded: minutes or hours, not the days and months a server runs.
* **Law** is read, not judged: what these pages call kept is no advice.
* **Real slow phones** are a slowed processor and network of Chromium's, nothing held in a hand.
";
