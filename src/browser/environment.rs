//! In what kind of window she opened us. Only for what to *say* and offer; features are asked for one by one.

/// Browsers inside other apps: short-lived, isolated storage, often no service worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InAppBrowser {
    Line,
    Instagram,
    Facebook,
    Yahoo,
    X,
    TikTok,
    /// Some other app's WebView.
    Other,
}

/// The app whose browser this is, or `None` in a browser of its own.
#[must_use]
pub fn in_app_browser() -> Option<InAppBrowser> {
    in_app_browser_of(&user_agent())
}

fn in_app_browser_of(agent: &str) -> Option<InAppBrowser> {
    const SIGNS: [(&str, InAppBrowser); 11] = [
        (" Line/", InAppBrowser::Line),
        ("Instagram", InAppBrowser::Instagram),
        ("FBAN/", InAppBrowser::Facebook),
        ("FBAV/", InAppBrowser::Facebook),
        ("YJApp", InAppBrowser::Yahoo),
        ("Yahoo", InAppBrowser::Yahoo),
        ("Twitter", InAppBrowser::X),
        ("musical_ly", InAppBrowser::TikTok),
        ("BytedanceWebview", InAppBrowser::TikTok),
        // Android marks every WebView so.
        ("; wv)", InAppBrowser::Other),
        ("GSA/", InAppBrowser::Other),
    ];
    let named = SIGNS.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, app)| *app);
    // On iOS a WebView is told by what it lacks: real browsers name themselves after `Safari/`.
    named.or_else(|| (is_ios_of(agent) && !agent.contains("Safari/")).then_some(InAppBrowser::Other))
}

/// Started from the home screen.
#[must_use]
pub fn is_standalone() -> bool {
    let window = crate::window();
    let displayed = window.match_media("(display-mode: standalone)").ok().flatten();
    displayed.is_some_and(|query| query.matches())
        // Safari's own word for it, older than the media query.
        || js_sys::Reflect::get(&window.navigator(), &"standalone".into()).is_ok_and(|value| value.is_truthy())
}

/// An iPhone or iPad, where installing is done by hand through the share sheet.
#[must_use]
pub fn is_ios() -> bool {
    let agent = user_agent();
    // An iPad calls itself a Macintosh, but no Macintosh has a touch screen.
    is_ios_of(&agent) || (agent.contains("Macintosh") && crate::window().navigator().max_touch_points() > 1)
}

fn is_ios_of(agent: &str) -> bool {
    agent.contains("iPhone") || agent.contains("iPad") || agent.contains("iPod")
}

/// True where the window looks private, so that what is saved may vanish with it. No browser says so openly: a small
/// quota is the only hint left, and `false` means "not known".
pub async fn private_hint() -> bool {
    const SMALLEST_NORMAL_QUOTA: f64 = 1.2e9;
    crate::storage::estimate().await.is_some_and(|estimate| estimate.quota < SMALLEST_NORMAL_QUOTA)
}

fn user_agent() -> String {
    crate::window().navigator().user_agent().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apps_are_told_from_browsers_by_their_user_agent() {
        let iphone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let android = "Mozilla/5.0 (Linux; Android 15; Pixel 8";
        let cases = [
            (format!("{iphone} Version/18.5 Mobile/15E148 Safari/604.1"), None),
            (format!("{iphone} Mobile/15E148 Safari Line/15.8.0"), Some(InAppBrowser::Line)),
            (format!("{iphone} Mobile/15E148 Instagram 380.0"), Some(InAppBrowser::Instagram)),
            (format!("{iphone} Mobile/15E148 [FBAN/FBIOS;FBAV/510.0]"), Some(InAppBrowser::Facebook)),
            (format!("{iphone} Mobile/15E148"), Some(InAppBrowser::Other)),
            (format!("{android}) AppleWebKit/537.36 Chrome/139.0 Mobile Safari/537.36"), None),
            (
                format!("{android}; wv) AppleWebKit/537.36 Version/4.0 Chrome/139.0"),
                Some(InAppBrowser::Other),
            ),
            (
                format!("{android}; wv) AppleWebKit/537.36 Chrome/139.0 Line/15.8.0/IAB"),
                Some(InAppBrowser::Line),
            ),
        ];
        for (agent, expected) in cases {
            assert_eq!(in_app_browser_of(&agent), expected, "{agent}");
        }
    }
}
