//! Five ways to say where, one answer.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::case::{Case, stories};
use crate::engine::{CHROMIUM, EVERY};
use crate::founder::{ANSWER, DOWN, ENTER, PLACE};
use crate::world::World;

pub fn cases() -> Vec<Case> {
    let mut cases = stories![EVERY =>
        she_finds_her_team_by_postal_code,
        she_finds_it_by_kana_and_takes_a_suggestion,
        she_finds_it_in_roman_letters,
        she_finds_it_on_the_map,
        a_name_that_two_cities_share_is_hers_to_choose,
        a_city_with_its_own_association_gives_two_answers,
        nonsense_keeps_what_she_typed_and_shows_a_way_on,
        the_back_button_returns_to_the_question,
        a_shared_link_answers_for_the_prefecture,
        behind_a_shared_link_the_city_can_still_be_chosen,
    ];
    cases.extend(stories![CHROMIUM => her_phone_knows_where_she_is]);
    cases
}

async fn she_finds_her_team_by_postal_code(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.ask_for("〒６９０-0886").await?;
    world.is_answered("松江市", &["shimane"]).await?;
    let address = world.browser.client.current_url().await?;
    ensure!(
        address.query() == Some("pref=32"),
        "the address says more or less than the prefecture: {address}"
    );
    Ok(())
}

async fn she_finds_it_by_kana_and_takes_a_suggestion(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.type_place("まつえ").await?;
    world.browser.read("#place-option-0", "松江市").await?;
    world.press(DOWN).await?;
    world.browser.see("#place-option-0[aria-selected=true]").await?;
    world.press(ENTER).await?;
    world.is_answered("松江市", &["shimane"]).await
}

async fn she_finds_it_in_roman_letters(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.ask_for("Maebashi-shi").await?;
    world.is_answered("前橋市", &["gunma"]).await
}

async fn she_finds_it_on_the_map(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.choose_on_map("39").await?;
    world.is_answered("高知県", &["kochi"]).await
}

async fn a_name_that_two_cities_share_is_hers_to_choose(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.ask_for("府中市").await?;
    let choices = world.browser.text("[data-testid=choices]").await?;
    ensure!(choices.contains("東京都") && choices.contains("広島県"), "offered: {choices}");
    world.browser.click("[data-testid=choices] li:nth-child(2) button").await?;
    world.browser.read(ANSWER, "府中市").await?;
    Ok(())
}

async fn a_city_with_its_own_association_gives_two_answers(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.ask_for("460-0008").await?;
    world.browser.read(ANSWER, "名古屋市").await?;
    let mut cards = world.associations_of("card-in-charge").await?;
    cards.sort();
    ensure!(cards == ["aichi", "nagoya-shi"], "in charge: {cards:?}");
    Ok(())
}

async fn nonsense_keeps_what_she_typed_and_shows_a_way_on(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.ask_for("どこでもない場所").await?;
    world.browser.holds("document.querySelector('#place-problem').textContent.trim() !== ''").await?;
    world.browser.holds("document.querySelector('#place').value === 'どこでもない場所'").await?;
    world.browser.holds("document.activeElement.id === 'place'").await
}

async fn the_back_button_returns_to_the_question(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    world.ask_for("6900886").await?;
    world.browser.see(ANSWER).await?;
    world.browser.client.back().await?;
    world.browser.see(PLACE).await?;
    world.browser.client.forward().await?;
    world.is_answered("松江市", &["shimane"]).await
}

async fn a_shared_link_answers_for_the_prefecture(world: &mut World) -> Result<()> {
    world.visit("/find?pref=10").await?;
    world.is_answered("群馬県", &["gunma"]).await
}

// A friend sent her the link to 愛知県. She tapped 名古屋市 and nothing happened: the app narrowed only what had been
// searched for in the same visit.
async fn behind_a_shared_link_the_city_can_still_be_chosen(world: &mut World) -> Result<()> {
    world.visit("/find?pref=23").await?;
    world.browser.read(ANSWER, "愛知県").await?;
    world.browser.click("[data-testid=which-city] button").await?;
    world.browser.read(ANSWER, "名古屋市").await?;
    let mut cards = world.associations_of("card-in-charge").await?;
    cards.sort();
    ensure!(cards == ["aichi", "nagoya-shi"], "in charge: {cards:?}");
    Ok(())
}

async fn her_phone_knows_where_she_is(world: &mut World) -> Result<()> {
    world.visit("/").await?;
    stand_in_matsue(world).await?;
    world.browser.click("[data-testid=here]").await?;
    world.is_answered("島根県", &["shimane"]).await
}

/// Lets the phone believe, and say, that it is in Matsue.
pub async fn stand_in_matsue(world: &World) -> Result<()> {
    let permission = json!({ "permissions": ["geolocation"], "origin": world.url("") });
    world.browser.devtools("Browser.grantPermissions", permission).await?;
    let position = json!({ "latitude": 35.4681, "longitude": 133.0484, "accuracy": 50 });
    world.browser.devtools("Emulation.setGeolocationOverride", position).await?;
    Ok(())
}
