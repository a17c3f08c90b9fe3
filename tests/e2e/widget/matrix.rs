//! The pages that a widget has to live on. They are those of old content management systems, of strict policies, of other
//! people's scripts; and those on which it must not be seen at all.

use super::row::{FALLS, Row, SHOWS, bare, script, tag};

/// Policies and headers.
pub fn policies(home: &str, integrity: &str) -> Vec<Row> {
    let strict = format!(
        "default-src 'none'; script-src 'self' {home}; frame-src {home}; style-src 'self'; img-src data:"
    );
    let row = |name| Row::new(name, home);
    let ours = bare("team='shimane' view='find'");
    let by_sheet = |name| row(name).head("<link rel='stylesheet' href='/host.css'>").body(&ours);
    let csp = |name, policy: &str| by_sheet(name).header("content-security-policy", policy);
    let pinned = format!(
        "<script src='{home}/embed.1.js' integrity='{integrity}' crossorigin='anonymous' defer></script>"
    );
    vec![
        row("nothing-special"),
        csp("only-our-origin", &strict),
        csp(
            "and-no-inline-anything",
            &format!("{strict}; base-uri 'none'; form-action 'none'; object-src 'none'"),
        ),
        csp("trusted-types", &format!("{strict}; require-trusted-types-for 'script'; trusted-types 'none'")),
        csp(
            "sandboxed-host",
            &format!(
                "{strict}; sandbox allow-scripts allow-same-origin allow-popups allow-forms allow-downloads"
            ),
        )
        .loud(),
        by_sheet("policy-in-a-meta")
            .head(&format!("<meta http-equiv='content-security-policy' content=\"{strict}\">")),
        row("coep-require-corp").header("cross-origin-embedder-policy", "require-corp"),
        row("coep-credentialless").header("cross-origin-embedder-policy", "credentialless"),
        row("isolated")
            .header("cross-origin-embedder-policy", "require-corp")
            .header("cross-origin-opener-policy", "same-origin"),
        row("permissions-off").header("permissions-policy", "geolocation=(), fullscreen=(), camera=()"),
        row("no-referrer").header("referrer-policy", "no-referrer"),
        row("nosniff").header("x-content-type-options", "nosniff").header("x-frame-options", "DENY"),
        Row::without_script("pinned-with-integrity").head(&pinned),
        Row::without_script("pinned-under-a-policy")
            .head(&pinned)
            .head("<link rel='stylesheet' href='/host.css'>")
            .body(&ours)
            .header("content-security-policy", &strict),
    ]
}

/// Where a frame must not be, and what is seen then.
pub fn refused(home: &str) -> Vec<Row> {
    let row = |name| Row::new(name, home).holds(&[FALLS]).loud();
    let silent = "seen.wrong.length > 0 || said('error').length > 0 || performance.now() > 2000";
    let wrong = home.replace("127.0.0.1", "127.0.0.2");
    vec![
        row("frames-forbidden").header("content-security-policy", &format!("script-src 'self' {home}; frame-src 'none'")).holds(&[silent, FALLS]),
        row("script-forbidden").header("content-security-policy", "script-src 'self'").holds(&["seen.wrong.length > 0", FALLS]),
        Row::without_script("wrong-integrity").head(&format!("<script src='{home}/embed.1.js' integrity='sha384-{}' crossorigin='anonymous' defer></script>", "A".repeat(64)))
            .holds(&["seen.wrong.length > 0", FALLS]).loud(),
        Row::without_script("no-script").holds(&[FALLS]),
        Row::without_script("nobody-there").head(&script(&wrong)).holds(&["seen.wrong.length > 0", FALLS]).loud(),
        row("another-team-did-not-allow-this-site").body(&tag("team='gunma' view='find'")).holds(&["performance.now() > 2000", FALLS]),
        row("no-such-team").body(&tag("team='atlantis' view='book'")).holds(&["performance.now() > 2000", FALLS]),
        row("no-team-where-one-is-needed").body(&tag("view='book'")).holds(&["said('error')[0]?.reason === 'team'", FALLS]),
        row("team-with-markup-in-it").body(&tag("team='\"><b>' view='team'")).holds(&["said('error')[0]?.reason === 'team'", FALLS]),
    ]
}

/// Looks of the page around.
pub fn looks(home: &str) -> Vec<Row> {
    let row = |name| Row::new(name, home);
    vec![
        row("quirks").quirks(),
        row("right-to-left").html("lang='ar' dir='rtl'"),
        row("columns-of-letters").style("body{writing-mode:vertical-rl}tonari-widget{writing-mode:horizontal-tb;inline-size:360px}"),
        row("zoomed").style("body{zoom:1.5}"),
        row("large-letters").style("html{font-size:200%}"),
        row("small-letters").style("body{font-size:10px}"),
        row("scaled").style("body{transform:scale(.8);transform-origin:0 0}"),
        row("every-frame-hidden").style("iframe{display:none!important;height:1px!important;visibility:hidden!important}"),
        row("everything-restyled").style("*{position:static!important;font:60px/0 serif!important;color:red;letter-spacing:1em;transition:all 3s;box-sizing:content-box;margin:3px}"),
        row("tag-restyled").style("tonari-widget{position:static!important;transition:all 2s!important;min-height:600px!important}"),
        row("dark").style("html{background:#111;color:#eee}"),
        row("narrow").body(&format!("<div style='width:240px'>{}</div>", tag("team='shimane' view='book'"))),
        row("table-layout").body(&format!("<table><tr><td width=200>menu</td><td>{}</td></tr></table>", tag("team='shimane' view='team'"))),
        row("flex").body(&format!("<div style='display:flex'><div>{}</div></div>", tag("team='shimane' view='find'"))).style("tonari-widget{width:360px}"),
        row("in-a-corner").style("body{display:flex}"),
        row("base-elsewhere").head("<base href='https://example.invalid/deep/'>").quirks(),
    ]
}

/// Scripts and lives of the page around.
pub fn lives(home: &str) -> Vec<Row> {
    let row = |name| Row::new(name, home);
    let find = tag("team='shimane' view='find'");
    let late = |name, markup: &str| {
        row(name)
            .body("<div id='place'></div>")
            .act(&format!("document.querySelector('#place').innerHTML = `{markup}`"))
    };
    vec![
        Row::without_script("script-after-the-tag").body(&format!("{find}{}", script(home))),
        Row::without_script("script-at-once").head(&format!("<script src='{home}/embed.js'></script>")),
        Row::without_script("script-async").head(&format!("<script src='{home}/embed.js' async></script>")),
        row("script-twice").head(&script(home)),
        row("several").body(&[find.as_str(), &tag("team='shimane' view='book'"), &tag("team='shimane' view='events' lang='en'")].concat())
            .holds(&["widgets().length === 3", "(widgets().forEach((one) => shows(one) || one.scrollIntoView()), widgets().every(shows))"]),
        late("written-later", &find),
        row("in-a-shadow").body("<div id='place'></div>").act(&format!("document.querySelector('#place').attachShadow({{ mode: 'open' }}).innerHTML = `{find}`")),
        row("tab-opened-later").body(&format!("<div id='tab' style='display:none'>{find}</div>")).act("document.querySelector('#tab').style.display = ''"),
        row("accordion").body(&format!("<details><summary>開く</summary>{find}</details>")).act("document.querySelector('details').open = true"),
        row("dialog").body(&format!("<dialog>{find}</dialog>")).act("document.querySelector('dialog').showModal()"),
        row("hidden-attribute").body(&tag("hidden team='shimane' view='find'")).act("widgets()[0].hidden = false"),
        row("moved").act("document.body.append(widgets()[0])"),
        row("rendered-again").act("for (let i = 0; i < 20; i++) { const one = widgets()[0]; one.replaceWith(one.cloneNode(true)) }"),
        row("attributes-change").act("widgets()[0].setAttribute('view', 'book')").holds(&[SHOWS, "frameOf(widgets()[0]).src.includes('/embed/book')"]),
        row("attributes-with-spaces").body(&tag("team=' shimane ' view=' events ' lang=' en '"))
            .holds(&[SHOWS, "frameOf(widgets()[0]).src.includes('/embed/events?team=shimane&lang=en')"]),
        row("attributes-unknown").body(&tag("team='shimane' view='dance' lang='xx' theme='pink' accent='red; }'"))
            .holds(&[SHOWS, "frameOf(widgets()[0]).src.includes('/embed/find?team=shimane&lang=ja')"]),
        row("attribute-comes-later").body(&tag("view='book'")).act("widgets()[0].setAttribute('team', 'shimane')"),
        // The site's own script marks the page while the frame is on its way.
        row("page-marked-while-loading").body(&format!("{find}<script>for (const mark of ['a', 'b', 'c']) document.body.className = mark</script>"))
            .act("document.body.className = 'd'"),
        row("without-a-team").body(&tag("view='find'")),
        row("taken-away").act("widgets().forEach((one) => one.remove())").holds(&["widgets().length === 0"]),
        row("prototypes-of-others").head("<script src='data:text/javascript,Object.prototype.foo=1;Array.prototype.each=function(){};String.prototype.contains=1;Element.prototype.hide=function(){};window.$=window.jQuery=function(){return null};name=1'></script>")
            .holds(&[SHOWS]),
        row("far-below").body(&format!("<div style='height:6000px'></div>{find}")).act("widgets()[0].scrollIntoView()"),
        row("place-not-kept").body(&bare("team='shimane' view='find'")).act("setTimeout(() => document.body.dispatchEvent(new PointerEvent('pointerup', { bubbles: true })), 1500)")
            .holds(&["said('ready').length > 0", "(falls(widgets()[0]) || shows(widgets()[0]))", "(scrollTo(0, 9999), document.body.dispatchEvent(new PointerEvent('pointerup', { bubbles: true })), dispatchEvent(new Event('blur')), shows(widgets()[0]))"]),
    ]
}

/// Sites that forbid scripts put a frame of their own, in whatever sandbox they have.
pub fn plain_frames(home: &str) -> Vec<(&'static str, String, bool)> {
    let frame = |attributes: &str| {
        format!(
            "<iframe title='となり' src='{home}/embed/book?team=shimane' width='100%' height='700' {attributes}></iframe>"
        )
    };
    vec![
        ("frame-only", frame(""), true),
        ("frame-lazy", frame("loading='lazy'"), true),
        (
            "frame-with-rights",
            frame("sandbox='allow-scripts allow-same-origin allow-popups allow-forms'"),
            true,
        ),
        ("frame-without-origin", frame("sandbox='allow-scripts allow-popups'"), true),
        ("frame-without-scripts", frame("sandbox=''"), false),
    ]
}
