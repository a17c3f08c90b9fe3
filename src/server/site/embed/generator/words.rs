//! What the generator says, to people who look after an association's site. Both languages are complete, because a field
//! cannot be left out.

use domain::booking::letter::Language;

use domain::frame::View;

use super::choice::Theme;

pub struct Words {
    pub code: &'static str,
    pub title: &'static str,
    pub lead: &'static str,
    /// To the same page in the other language, in that language.
    pub other: &'static str,
    pub choose: &'static str,
    pub team: &'static str,
    pub with_team: &'static str,
    pub without_team: &'static str,
    pub view: &'static str,
    pub views: fn(View) -> &'static str,
    pub no_team: &'static str,
    pub language: &'static str,
    pub languages: fn(Language) -> &'static str,
    pub theme: &'static str,
    pub themes: fn(Theme) -> &'static str,
    pub accent: &'static str,
    pub accent_hint: &'static str,
    pub pick: &'static str,
    pub no_colour: &'static str,
    pub contrast: fn([f64; 2], f64) -> String,
    pub height: &'static str,
    pub height_hint: &'static str,
    pub usual_height: fn(u16) -> String,
    pub strict: &'static str,
    pub strict_hint: &'static str,
    pub make: &'static str,
    pub failed: &'static str,
    pub preview: &'static str,
    pub preview_hint: &'static str,
    pub on_light: &'static str,
    pub on_dark: &'static str,
    pub paste: &'static str,
    pub paste_hint: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub selected: &'static str,
    pub rule: &'static str,
    pub allowed: &'static str,
    pub allowed_already: fn(&str) -> String,
    pub allowed_not_yet: &'static str,
    pub allow_others: &'static str,
    pub only_here: &'static str,
    pub others: &'static str,
    pub pinned: Section,
    pub no_pinned: &'static str,
    pub frame: Section,
    pub wordpress: Section,
    pub wordpress_plugin: &'static str,
    pub policy: Section,
    pub policy_frame: &'static str,
    pub test: Section,
    pub test_open: &'static str,
    pub test_download: &'static str,
    pub test_heading: fn(&str) -> String,
    pub test_before: &'static str,
    pub test_after: &'static str,
    pub demo: &'static str,
    pub full: &'static str,
}

pub struct Section {
    pub title: &'static str,
    pub hint: &'static str,
}

impl Words {
    #[must_use]
    pub fn of(in_english: bool) -> &'static Self {
        if in_english { &ENGLISH } else { &JAPANESE }
    }
}

static JAPANESE: Words = Words {
    code: "ja",
    title: "協会のサイトに置く",
    lead: "となりの一部を、協会ご自身のページに表示できます。選んで、写して、貼り付けます。登録はいりません。",
    other: "English",
    choose: "選ぶ",
    team: "協会",
    with_team: "女性職員のチームがある協会（2018年6月時点・要確認）",
    without_team: "そのほかの協会",
    view: "表示するもの",
    views: |view| match view {
        View::Find => "担当の協会とチームをさがす",
        View::Team => "協会とチームの情報",
        View::Book => "相談の予約",
        View::Stories => "よみもの",
        View::Events => "催し",
    },
    no_team: "予約できるのは、女性職員のチームがある協会だけです。協会の情報を表示します。",
    language: "ことば",
    languages: |language| match language {
        Language::Japanese => "日本語",
        Language::Easy => "やさしい日本語",
        Language::English => "English",
    },
    theme: "明るさ",
    themes: |theme| match theme {
        Theme::Auto => "自動",
        Theme::Light => "明るい",
        Theme::Dark => "暗い",
    },
    accent: "ボタンとリンクの色",
    accent_hint: "#0a7c86 のように。空欄なら、標準の色です。",
    pick: "色を選ぶ",
    no_colour: "色として読めません。#0a7c86 のように、# と6けたで書きます。今は、となりの色を使います。",
    contrast: |[light, dark], enough| {
        let said = |ratio: f64, change: &str| {
            if ratio >= enough {
                "そのまま使います".to_owned()
            } else {
                format!("{change}して使います")
            }
        };
        format!(
            "背景との差は、明るい画面で {light:.1}:1（{}）、暗い画面で {dark:.1}:1（{}）。{enough:.0}:1 に足りない色は、\
             色合いを変えずに、明るさだけを直します。",
            said(light, "濃く"),
            said(dark, "明るく"),
        )
    },
    height: "空けておく高さ（px）",
    height_hint: "下の文章が動かないように。",
    usual_height: |height| format!("空欄なら {height} px。"),
    strict: "サイトのCSPが style 属性を許していない",
    strict_hint: "分からなければ、そのままで。style の代わりに、CSSを示します。",
    make: "この内容で作る",
    failed: "新しい内容を受け取れませんでした。「この内容で作る」を押すと、もう一度ためします。",
    preview: "見え方",
    preview_hint: "実際の部品です。「自動」では、置いたページの文字の色から、明るいか暗いかを決めます。",
    on_light: "明るいページで",
    on_dark: "暗いページで",
    paste: "貼り付ける",
    paste_hint: "表示したい場所に、そのまま貼り付けます。script の行は、1ページに1回で足ります。間の文章は、JavaScriptが使えないときと、となりにつながらないときに表示されます。",
    copy: "コピー",
    copied: "コピーしました",
    selected: "選びました。コピーしてください",
    rule: "サイトのCSSに、次を加えます。",
    allowed: "表示が許されているサイト",
    allowed_already: |origin| {
        format!("公式サイト {origin} では、はじめから表示できます。手続きはいりません。")
    },
    allowed_not_yet: "公式サイトのアドレスが、https では確かめられていません。となりを運用している者に、サイトのアドレスをお知らせください。次の命令で許可します。",
    allow_others: "ほかのアドレス（www の有無がちがうもの、試験用のサイトなど）は、となりを運用している者が、次の命令で許可します。",
    only_here: "このサーバーには、外から使える https のアドレスがまだありません。下の内容は、このコンピューターの中でだけ動きます。",
    others: "ほかの置き方",
    pinned: Section {
        title: "内容の変わらないスクリプトで（integrity）",
        hint: "番号のついたスクリプトは、内容が変わりません。ブラウザーが一致を確かめるので、となりのサーバーに何かあっても、別のプログラムは動きません。直しや改善は、番号を書きかえるまで届きません。",
    },
    no_pinned: "このサーバーには、番号のついたスクリプトがありません。",
    frame: Section {
        title: "スクリプトを使わずに（iframe）",
        hint: "スクリプトを置けないサイトのために。高さは中身に合わせて変わらず、長いものは枠の中で動かして読みます。下の連絡先は、いつも表示されます。",
    },
    wordpress: Section {
        title: "WordPress で",
        hint: "管理者なら、「カスタムHTML」ブロックに、上の「貼り付ける」の内容をそのまま入れます。ほかの権限では、WordPress がスクリプトを取りのぞきます。そのときは、次のショートコードを使います。",
    },
    wordpress_plugin: "tonari-widget.php という名前で wp-content/plugins に置き、プラグインを有効にします。ページには [tonari]、または [tonari view=\"book\"] のように書きます。",
    policy: Section {
        title: "CSP（Content-Security-Policy）のあるサイトで",
        hint: "今の設定の script-src と frame-src に、次のアドレスを加えます。ほかに許すものはありません。",
    },
    policy_frame: "iframe だけなら、frame-src の行だけで足ります。",
    test: Section {
        title: "試すためのページ",
        hint: "部品の前後に文章のある、一枚のページです。ダウンロードしたものは、許可されたサイトに置いて開きます（パソコンのファイルのままでは、連絡先だけが表示されます）。",
    },
    test_open: "ここで開く",
    test_download: "ダウンロード",
    test_heading: |name| format!("となりの部品の試験（{name}）"),
    test_before: "部品の前の文章です。",
    test_after: "部品の後の文章です。部品が現れても、この文章が動かないことを確かめてください。",
    demo: "見本のページ（架空の協会）を見る",
    full: "となりで開く",
};

static ENGLISH: Words = Words {
    code: "en",
    title: "Tonari on your association’s site",
    lead: "Show a part of Tonari on your own pages. Choose, copy, paste. No registration.",
    other: "日本語",
    choose: "Choose",
    team: "Association",
    with_team: "With a women’s team (as of June 2018, to be checked)",
    without_team: "Other associations",
    view: "What it shows",
    views: |view| match view {
        View::Find => "Find the association and team in charge",
        View::Team => "The association and its team",
        View::Book => "Book a consultation",
        View::Stories => "Stories",
        View::Events => "Events",
    },
    no_team: "Only associations with a women’s team can be booked. The association is shown instead.",
    language: "Language",
    languages: JAPANESE.languages,
    theme: "Light or dark",
    themes: |theme| match theme {
        Theme::Auto => "Automatic",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    },
    accent: "Colour of buttons and links",
    accent_hint: "Like #0a7c86. Left empty, it is Tonari’s own.",
    pick: "Pick a colour",
    no_colour: "This cannot be read as a colour. Write # and six digits, like #0a7c86. For now it is Tonari’s own.",
    contrast: |[light, dark], enough| {
        let said = |ratio: f64, change: &str| {
            if ratio >= enough { "used as it is".to_owned() } else { format!("made {change}") }
        };
        format!(
            "Contrast with the page: {light:.1}:1 on light ({}), {dark:.1}:1 on dark ({}). So that everybody can read, \
             a colour below {enough:.0}:1 keeps its hue and changes its lightness.",
            said(light, "darker"),
            said(dark, "lighter"),
        )
    },
    height: "Height kept free (px)",
    height_hint: "So that your text below does not move.",
    usual_height: |height| format!("Left empty, it is {height} px."),
    strict: "Our site’s CSP does not allow style attributes",
    strict_hint: "If you do not know, leave it. A CSS rule is shown instead.",
    make: "Make it",
    failed: "The new text did not arrive. “Make it” tries again.",
    preview: "How it looks",
    preview_hint: "The real widget. “Automatic” is light or dark by the text colour of the page around it.",
    on_light: "On a light page",
    on_dark: "On a dark page",
    paste: "Paste it",
    paste_hint: "Put this where it should appear. One script line per page is enough. The text inside is shown where JavaScript does not run and where Tonari cannot be reached.",
    copy: "Copy",
    copied: "Copied",
    selected: "Selected; please copy",
    rule: "Add this to your style sheet.",
    allowed: "Sites that may show it",
    allowed_already: |origin| {
        format!("Your official site {origin} may show it already. There is nothing to apply for.")
    },
    allowed_not_yet: "No https address of your official site is on record. Tell whoever runs this Tonari the address of your site; this command allows it.",
    allow_others: "Other addresses (with or without www, a test site) are allowed by whoever runs this Tonari, with this command.",
    only_here: "This server has no public https address yet. What follows works on this computer only.",
    others: "Other ways",
    pinned: Section {
        title: "With a script that never changes (integrity)",
        hint: "A numbered script keeps its bytes, and the browser checks them: whatever happens to our server, no other program runs on your page. Repairs and improvements reach you when you change the number.",
    },
    no_pinned: "This server has no numbered script.",
    frame: Section {
        title: "Without a script (iframe)",
        hint: "For sites that cannot hold a script. The height does not follow the content; what is longer scrolls inside. The contacts below it are always shown.",
    },
    wordpress: Section {
        title: "WordPress",
        hint: "Administrators put the text of “Paste it” into a Custom HTML block as it is. From everybody else WordPress takes scripts away; then use this shortcode.",
    },
    wordpress_plugin: "Save it as tonari-widget.php in wp-content/plugins and activate the plugin. On a page write [tonari], or for example [tonari view=\"book\"].",
    policy: Section {
        title: "Sites with a Content-Security-Policy",
        hint: "Add this address to script-src and frame-src of your present policy. Nothing else has to be allowed.",
    },
    policy_frame: "For the iframe alone, the line frame-src is enough.",
    test: Section {
        title: "A page to try it with",
        hint: "One page with text before and after the widget. Put the downloaded one on an allowed site to open it (from a file on your computer only the contacts are shown).",
    },
    test_open: "Open it here",
    test_download: "Download",
    test_heading: |name| format!("A test of Tonari’s widget ({name})"),
    test_before: "Text before the widget.",
    test_after: "Text after the widget. It should not move when the widget appears.",
    demo: "See a sample page (of an invented association)",
    full: "Open in Tonari",
};
