//! Characters from before the reform of 1946 that business names and older texts still use.
//!
//! Beside those that names of places need (`fold`), which everybody's first visit brings: these come with the search.

use crate::fold;

/// Old form, then today's.
const PAIRS: &str = "亞亜惡悪壓圧圍囲爲為醫医飮飲營営衞衛驛駅圓円緣縁艷艶應応歐欧毆殴穩穏假仮價価畫画囘回壞壊懷懐繪絵擴拡殼殻覺覚學学嶽岳\
    渴渇勸勧寬寛歡歓罐缶閒間陷陥顏顔歸帰僞偽戲戯犧犠舊旧據拠擧挙峽峡挾挟敎教堯尭曉暁驅駆勳勲薰薫羣群徑径溪渓經経繼継\
    莖茎螢蛍鷄鶏缺欠儉倹圈圏擊撃權権獻献硏研險険顯顕驗験嚴厳效効恆恒鑛鉱號号濟済碎砕齋斎劑剤雜雑參参慘惨棧桟蠶蚕贊賛\
    殘残姊姉齒歯辭辞濕湿實実寫写釋釈收収從従獸獣縱縦肅粛處処緖緒敍叙獎奨將将燒焼稱称證証乘乗剩剰壤壌孃嬢淨浄疊畳讓譲\
    釀醸囑嘱觸触寢寝愼慎盡尽圖図粹粋醉酔隨随髓髄數数樞枢聲声齊斉竊窃專専戰戦潛潜纖繊踐践錢銭禪禅壯壮搜捜插挿爭争窗窓\
    聰聡裝装騷騒臟臓卽即屬属續続墮堕滯滞擇択單単擔担膽胆團団彈弾斷断癡痴遲遅晝昼蟲虫鑄鋳廳庁聽聴敕勅鎭鎮遞逓鐵鉄轉転\
    點点傳伝黨党盜盗燈灯鬪闘獨独讀読屆届貳弐惱悩腦脳拜拝廢廃麥麦髮髪拔抜蠻蛮祕秘甁瓶佛仏變変辨弁瓣弁辯弁舖舗沒没襃褒\
    默黙藥薬譯訳譽誉搖揺樣様謠謡賴頼亂乱覽覧兩両獵猟壘塁勵励隸隷靈霊齡齢戀恋爐炉勞労樓楼淚涙曆暦歷歴錄録吳呉娛娯每毎\
    步歩涉渉稅税說説閱閲銳鋭脫脱悅悦黃黄麵麺飜翻槪概旣既鄰隣鷗鴎頰頬塡填剝剥";

pub(super) fn todays(character: char) -> char {
    all().find(|(old, _)| *old == character).map_or(character, |(_, today)| today)
}

/// Old forms, each with today's.
pub(super) fn all() -> impl Iterator<Item = (char, char)> {
    fold::VARIANTS.iter().copied().chain(pairs())
}

fn pairs() -> impl Iterator<Item = (char, char)> {
    let mut characters = PAIRS.chars();
    std::iter::from_fn(move || Some((characters.next()?, characters.next()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_old_form_is_listed_twice_or_leads_to_another_one() {
        assert_eq!(PAIRS.chars().count() % 2, 0);
        let old: Vec<char> = all().map(|(old, _)| old).collect();
        for (at, character) in old.iter().enumerate() {
            assert!(!old[..at].contains(character), "{character} is listed twice");
            let today = todays(*character);
            assert!(!old.contains(&today), "{character} leads to {today}, which leads on");
        }
    }
}
