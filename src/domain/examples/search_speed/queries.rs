//! What is asked, and what a person who knows the language would count as right: for each word its writings.

pub struct Asked {
    pub typed: &'static str,
    /// A story is right if it has one writing of each word.
    #[cfg_attr(target_arch = "wasm32", expect(dead_code, reason = "the phone is only timed"))]
    pub words: &'static [&'static [&'static str]],
}

const fn asked(typed: &'static str, words: &'static [&'static [&'static str]]) -> Asked {
    Asked { typed, words }
}

pub const QUERIES: [Asked; 44] = [
    asked("融資", &[&["融資"]]),
    asked("資金繰り", &[&["資金繰り"]]),
    asked("資金", &[&["資金"]]),
    asked("本", &[&["本"]]),
    asked("店", &[&["店"]]),
    asked("カフェ", &[&["カフェ"]]),
    asked("ｶﾌｪ", &[&["カフェ"]]),
    asked("かふぇ", &[&["カフェ"]]),
    asked("kafe", &[&["カフェ"]]),
    asked("コンサルティング", &[&["コンサルティング"]]),
    asked("konsarutingu", &[&["コンサルティング"]]),
    asked("コンサル", &[&["コンサル"]]),
    asked("サーバ", &[&["サーバー"]]),
    asked("サーバー", &[&["サーバー"]]),
    asked("ホームページ", &[&["ホームページ"]]),
    asked("hoomupeeji", &[&["ホームページ"]]),
    asked("島根", &[&["島根"]]),
    asked("しまね", &[&["島根"]]),
    asked("shimane", &[&["島根"]]),
    asked("simane", &[&["島根"]]),
    asked("まえばし", &[&["前橋"]]),
    asked("高橋", &[&["髙橋"]]),
    asked("渡辺", &[&["渡邊"]]),
    asked("斎藤", &[&["齋藤"]]),
    asked("佐佐木", &[&["佐々木"]]),
    asked("ささき", &[&["佐々木"]]),
    asked("SNS", &[&["ＳＮＳ"]]),
    asked("instagram", &[&["Instagram"]]),
    asked("EC", &[&["ECサイト"]]),
    asked("ネットショップ", &[&["ネットショップ"]]),
    asked("ショップ", &[&["ショップ"]]),
    asked("計画書", &[&["計画書"]]),
    asked("確定申告", &[&["確定申告"]]),
    asked("申告", &[&["申告"]]),
    asked("信用金庫", &[&["信用金庫"]]),
    asked("政策金融", &[&["政策金融"]]),
    asked("金庫", &[&["金庫"]]),
    asked("子育て", &[&["子育て"]]),
    asked("おばあさん", &[&["おばあさん"]]),
    asked("島根 カフェ", &[&["島根"], &["カフェ"]]),
    asked("しまね　かふぇ", &[&["島根"], &["カフェ"]]),
    asked("shimane kafe", &[&["島根"], &["カフェ"]]),
    asked("子育て 融資 古民家", &[&["子育て"], &["融資"], &["古民家"]]),
    asked("介護 補助金", &[&["介護"], &["補助金"]]),
];
