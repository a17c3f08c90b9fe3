//! The generator of the widget and the page of an invented association, as an association's web person meets them.

use std::collections::BTreeSet;

use axum::http::Method;
use scraper::{Html, Selector};
use sha2::{Digest, Sha256};
use tests::evil::EVIL;

use crate::evil::kinds;
use crate::server_under_test::{Answer, Server, fixture_site};

const GENERATOR: &str = "/embed/generator";

fn https() -> Server {
    Server::start_with(|c| c.public_url = Some("https://tonari.example.jp".parse().unwrap()))
}

/// What is to be copied, by the end of its id.
fn code(page: &Html, part: &str) -> String {
    text(page, &format!("#code-{part}")).unwrap_or_else(|| panic!("no {part} to copy"))
}

fn text(page: &Html, selector: &str) -> Option<String> {
    page.select(&Selector::parse(selector).unwrap()).next().map(|element| element.text().collect())
}

async fn page(server: &Server, query: &str) -> Html {
    let answer = server.get(&format!("{GENERATOR}?{query}")).await;
    assert_eq!(answer.status, 200, "{query}");
    Html::parse_document(answer.text())
}

/// The headers that all pages of this kind share.
fn assert_guarded(answer: &Answer, path: &str) {
    let policy = answer.header("content-security-policy");
    for part in ["default-src 'none'; script-src 'self'", "frame-src 'self'", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{path}: {policy}");
    }
    assert!(policy.contains("require-trusted-types-for 'script'; trusted-types 'none'"), "{path}: {policy}");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
    assert_eq!((answer.header("x-frame-options"), answer.header("set-cookie")), ("DENY", ""), "{path}");
    assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
}

#[tokio::test]
async fn the_pages_frame_only_us_and_are_framed_by_nobody() {
    let server = https();
    for path in [GENERATOR, "/embed/generator/page", "/embed/generator/file", "/embed/demo"] {
        let answer = server.get(path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, "text/html; charset=utf-8"),
            "{path}"
        );
        assert_guarded(&answer, path);
        let head = server.ask(Method::HEAD, path, &[]).await;
        assert_eq!((head.status.as_u16(), head.body.len()), (200, 0), "{path}");
        let known = [("if-none-match", answer.header("etag"))];
        assert_eq!(server.ask(Method::GET, path, &known).await.status, 304, "{path}");
        assert_eq!(server.post(path, &[], "").await.status, 405, "{path}");
    }
    for (path, kind) in
        [("generator.js", "text/javascript"), ("generator.css", "text/css"), ("demo.css", "text/css")]
    {
        let answer = server.get(&format!("/embed/{path}")).await;
        assert!(answer.status == 200 && answer.header("content-type").starts_with(kind), "{path}");
    }
}

// A founder on a slow line paid for a page that only associations open.
#[tokio::test]
async fn no_phone_keeps_what_only_associations_open() {
    let worker = Server::start().get("/sw.js").await;
    assert!(!worker.text().contains("generator") && !worker.text().contains("demo"));
}

#[tokio::test]
async fn a_web_person_chooses_without_a_script_and_copies() {
    let server = https();
    let page = page(&server, "team=shimane&view=book&words=en&theme=dark&accent=%230A7C86&height=500").await;
    let tag = code(&page, "tag");
    assert!(tag.starts_with("<script src=\"https://tonari.example.jp/embed.js\" defer></script>\n"), "{tag}");
    assert!(
        tag.contains(
            "<tonari-widget team=\"shimane\" view=\"book\" lang=\"en\" theme=\"dark\" accent=\"#0a7c86\" \
             style=\"display:block;min-height:500px\">"
        ),
        "{tag}"
    );
    assert!(
        tag.contains("tel:0852-21-0561") && tag.contains("https://tonari.example.jp/book/shimane"),
        "{tag}"
    );
    let frame = code(&page, "frame");
    assert!(
        frame.contains("/embed/book?team=shimane&amp;lang=en&amp;theme=dark&amp;accent=0a7c86\""),
        "{frame}"
    );
    assert!(frame.contains("height=\"500\"") && frame.contains("loading=\"lazy\""), "{frame}");
    assert_eq!(
        code(&page, "policy"),
        "script-src https://tonari.example.jp\nframe-src https://tonari.example.jp\n"
    );
    assert!(code(&page, "plugin").contains("add_shortcode('tonari'"));
    assert_eq!(code(&page, "command"), "tonari embed allow shimane https://www.example.jp\n");
    let allowed = text(&page, "[data-part=allowed]").unwrap();
    assert!(allowed.contains("https://www.shimane-cgc.or.jp では、はじめから表示できます"), "{allowed}");

    // The form shows what was chosen.
    let chosen = Selector::parse("option[selected]").unwrap();
    let chosen: Vec<_> = page.select(&chosen).map(|option| option.attr("value").unwrap()).collect();
    assert_eq!(chosen, ["shimane", "book", "en", "dark"]);
    let teams = Selector::parse("#team option").unwrap();
    let teams: Vec<_> = page.select(&teams).map(|option| option.attr("value").unwrap()).collect();
    assert_eq!((teams.len(), teams[9], teams[10]), (51, "kochi", "hokkaido"), "women's teams first");
}

// Its official site was known by http only, and its web person was told that all was well.
#[tokio::test]
async fn an_association_of_which_little_is_known_gets_what_is_known() {
    let server = https();
    let page = page(&server, "team=hokkaido&view=book").await;
    let tag = code(&page, "tag");
    assert!(tag.contains("view=\"team\"") && !tag.contains("tel:") && !tag.contains("要確認"), "{tag}");
    assert!(tag.contains("<a href=\"http://www.cgc-hokkaido.or.jp/\">公式サイト</a>"), "{tag}");
    assert!(text(&page, "[data-part=view]").unwrap().contains("チームがある協会だけ"));
    assert!(!text(&page, "[data-part=allowed]").unwrap().contains("はじめから表示できます"));
    assert_eq!(code(&page, "command"), "tonari embed allow hokkaido https://www.example.jp\n");
}

#[tokio::test]
async fn the_contrast_of_a_colour_is_said_before_it_is_pasted() {
    let server = https();
    let said = async |accent: &str| {
        text(&page(&server, &format!("lang=en&accent={accent}")).await, "#accent-said").unwrap()
    };
    assert!(said("ffff00").await.contains("1.0:1 on light (made darker)"), "{}", said("ffff00").await);
    assert!(said("0a5756").await.contains("on light (used as it is)"), "{}", said("0a5756").await);
    assert!(said("pink").await.contains("cannot be read as a colour"));
    assert_eq!(said("").await, "");
}

#[tokio::test]
async fn english_is_the_same_page_and_the_way_back_keeps_the_choice() {
    let server = https();
    let english = page(&server, "lang=en&team=shimane&view=events").await;
    assert_eq!(text(&english, "h1").unwrap(), "Tonari on your association’s site");
    let japanese = page(&server, "team=shimane&view=events").await;
    let way = Selector::parse("[data-part=other] a").unwrap();
    let way = |page: &Html| page.select(&way).next().unwrap().attr("href").unwrap().to_owned();
    assert_eq!(way(&japanese), "/embed/generator?team=shimane&view=events&words=ja&theme=auto&lang=en");
    assert_eq!(way(&english), "/embed/generator?team=shimane&view=events&words=ja&theme=auto");
    assert_eq!(code(&english, "tag"), code(&japanese, "tag"), "its own language is not the widget's");
    let parts = |page: &Html| {
        let parts = Selector::parse("[data-part]").unwrap();
        page.select(&parts).map(|part| part.attr("data-part").unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(parts(&english), parts(&japanese));
}

// The style in the page was forbidden by its own policy, and the test showed a page that jumped.
#[tokio::test]
async fn the_test_page_is_the_snippet_and_may_be_looked_at() {
    let server = https();
    for query in ["team=shimane&view=find", "team=shimane&view=find&strict=yes"] {
        let shown = page(&server, query).await;
        let opened = server.get(&format!("{GENERATOR}/page?{query}")).await;
        assert_eq!(opened.text(), code(&shown, "page"), "{query}");
        assert!(opened.text().contains(&code(&shown, "tag")), "{query}");
        let read = Html::parse_document(opened.text());
        let attribute = Selector::parse("tonari-widget[style]").unwrap();
        let attribute = read.select(&attribute).next().map(|one| one.attr("style").unwrap().to_owned());
        let style = attribute.or_else(|| text(&read, "style")).unwrap();
        let hash = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, Sha256::digest(style));
        assert!(opened.header("content-security-policy").contains(&format!("'sha256-{hash}'")), "{query}");
        let file = server.get(&format!("{GENERATOR}/file?{query}")).await;
        assert_eq!((file.text(), opened.header("content-disposition")), (opened.text(), ""), "{query}");
        assert_eq!(file.headers["content-disposition"], "attachment; filename=\"tonari-test.html\"");
    }
}

#[tokio::test]
async fn the_numbered_script_is_offered_with_the_hash_of_its_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for file in
        std::fs::read_dir(fixture_site()).unwrap().map(|file| file.unwrap().path()).filter(|f| f.is_file())
    {
        std::fs::copy(&file, folder.path().join(file.file_name().unwrap())).unwrap();
    }
    std::fs::write(folder.path().join("embed.1.js"), "abc").unwrap();
    let server = Server::start_with(|c| c.site = folder.path().to_path_buf());
    let pinned = code(&page(&server, "").await, "pinned");
    // SHA-384 of "abc", FIPS 180-4.
    let hash = "ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn";
    assert!(
        pinned
            .contains(&format!("embed.1.js\" integrity=\"sha384-{hash}\" crossorigin=\"anonymous\" defer>")),
        "{pinned}"
    );
}

// A link in a mail filled the generator with a program.
#[tokio::test]
async fn e01_nothing_in_an_address_is_markup() {
    let server = https();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for query in
        ["", "team=tokyo&view=book&strict=yes&accent=pink&height=300&lang=en&accent=0a7c86", "accent=pink"]
    {
        known.extend(kinds(&page(&server, query).await));
    }
    let names = ["team", "view", "words", "theme", "accent", "height", "strict", "lang"];
    for evil in EVIL {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(names.map(|name| (name, evil)))
            .finish();
        for path in [GENERATOR, "/embed/generator/page", "/embed/demo"] {
            let answer = server.get(&format!("{path}?{query}")).await;
            assert_eq!(answer.status, 200, "{path} {evil:?}");
            assert_guarded(&answer, path);
            if path == GENERATOR {
                let foreign: Vec<_> =
                    kinds(&Html::parse_document(answer.text())).difference(&known).cloned().collect();
                assert!(foreign.is_empty(), "{evil:?} brought {foreign:?}");
            }
        }
    }
    for raw in ["%", "%ff%fe=%00", "team[]=a", "&&&=", "team=shimane%00"] {
        assert_eq!(server.get(&format!("{GENERATOR}?{raw}")).await.status, 200, "{raw}");
    }
}

// Somebody took the sample for the page of an association.
#[tokio::test]
async fn the_sample_says_that_it_is_one_and_holds_two_widgets() {
    let server = https();
    let answer = server.get("/embed/demo").await;
    let sample = Html::parse_document(answer.text());
    assert!(text(&sample, "title").unwrap().contains("架空の協会のページ（見本）"));
    assert!(text(&sample, ".sample").unwrap().contains("実在の協会のページではありません"));
    let widgets = |page: &Html| {
        let widgets = Selector::parse("tonari-widget").unwrap();
        let attribute = |one: scraper::ElementRef<'_>, name| one.attr(name).unwrap().to_owned();
        page.select(&widgets)
            .map(|one| ["team", "view", "theme"].map(|name| attribute(one, name)))
            .collect::<Vec<_>>()
    };
    assert_eq!(widgets(&sample), [["shimane", "find", "light"], ["shimane", "book", "light"]]);
    let dark = Html::parse_document(server.get("/embed/demo?theme=dark").await.text());
    assert_eq!(widgets(&dark), [["shimane", "find", "dark"], ["shimane", "book", "dark"]]);
    let scripts = Selector::parse("script").unwrap();
    let scripts: Vec<_> = sample.select(&scripts).map(|script| script.attr("src")).collect();
    assert_eq!(scripts, [Some("/embed.js")], "none of its own");
    let links = Selector::parse("a[href^='#']").unwrap();
    for link in sample.select(&links).map(|link| link.attr("href").unwrap()) {
        assert!(text(&sample, link).is_some(), "{link} leads nowhere");
    }
}
