//! Words for the closed lists by which texts are told apart.

use domain::content::{Article, Choice, EventSort, Facet, Genre, Industry, Life, Scheme, Stage};
use domain::place::PrefectureCode;
use domain::place::prefecture::Prefecture;
use ui::i18n::{Key, Lang, language, plain, say, with_reading};
use ui::node::Content;

pub const FACETS: [Facet; 5] = [Facet::Industry, Facet::Stage, Facet::Area, Facet::Scheme, Facet::Life];

pub fn facet_key(facet: Facet) -> Key {
    match facet {
        Facet::Genre => Key::ReadFacetGenre,
        Facet::Industry => Key::ReadFacetIndustry,
        Facet::Stage => Key::ReadFacetStage,
        Facet::Area => Key::ReadFacetArea,
        Facet::Scheme => Key::ReadFacetScheme,
        Facet::Life => Key::ReadFacetLife,
    }
}

pub fn genre_key(genre: Genre) -> Key {
    match genre {
        Genre::Story => Key::ReadGenreStory,
        Genre::Case => Key::ReadGenreCase,
        Genre::Guide => Key::ReadGenreGuide,
    }
}

pub fn sort_key(sort: EventSort) -> Key {
    match sort {
        EventSort::Seminar => Key::EventSeminar,
        EventSort::Fair => Key::EventFair,
        EventSort::School => Key::EventSchool,
        EventSort::Consultation => Key::EventConsultation,
        EventSort::Meeting => Key::EventMeeting,
    }
}

/// For the screen.
pub fn topic(choice: Choice) -> Content {
    match key(choice) {
        Ok(key) => say(key),
        Err(area) => {
            let area = Prefecture::of(area);
            match language() {
                Lang::English => area.romaji.into(),
                _ => ui::i18n::ruby(with_reading(area.short(), area.short_kana())),
            }
        }
    }
}

/// For attributes and for searching.
pub fn topic_words(choice: Choice) -> String {
    match key(choice) {
        Ok(key) => plain(key),
        Err(area) => {
            let area = Prefecture::of(area);
            if language() == Lang::English { area.romaji } else { area.short() }.to_owned()
        }
    }
}

/// All that it can be chosen by.
pub fn choices_of(genre: Genre, article: &Article) -> Vec<Choice> {
    let topics = &article.topics;
    let mut areas: Vec<PrefectureCode> = topics.areas.iter().map(|area| area.prefecture()).collect();
    areas.dedup();
    let mut choices = vec![Choice::Genre(genre)];
    choices.extend(topics.industries.iter().copied().map(Choice::Industry));
    choices.extend(topics.stages.iter().copied().map(Choice::Stage));
    choices.extend(areas.into_iter().map(Choice::Area));
    choices.extend(topics.schemes.iter().copied().map(Choice::Scheme));
    choices.extend(topics.lives.iter().copied().map(Choice::Life));
    choices
}

fn key(choice: Choice) -> Result<Key, PrefectureCode> {
    Ok(match choice {
        Choice::Genre(genre) => genre_key(genre),
        Choice::Industry(industry) => industry_key(industry),
        Choice::Stage(stage) => stage_key(stage),
        Choice::Area(area) => return Err(area),
        Choice::Scheme(scheme) => scheme_key(scheme),
        Choice::Life(life) => life_key(life),
    })
}

fn industry_key(industry: Industry) -> Key {
    match industry {
        Industry::Food => Key::TopicIndustryFood,
        Industry::Retail => Key::TopicIndustryRetail,
        Industry::Beauty => Key::TopicIndustryBeauty,
        Industry::Care => Key::TopicIndustryCare,
        Industry::Education => Key::TopicIndustryEducation,
        Industry::Making => Key::TopicIndustryMaking,
        Industry::It => Key::TopicIndustryIt,
        Industry::Farming => Key::TopicIndustryFarming,
        Industry::Lodging => Key::TopicIndustryLodging,
        Industry::Living => Key::TopicIndustryLiving,
        Industry::Expert => Key::TopicIndustryExpert,
    }
}

fn stage_key(stage: Stage) -> Key {
    match stage {
        Stage::Thinking => Key::TopicStageThinking,
        Stage::Preparing => Key::TopicStagePreparing,
        Stage::Opening => Key::TopicStageOpening,
        Stage::Growing => Key::TopicStageGrowing,
        Stage::Recovering => Key::TopicStageRecovering,
        Stage::Succession => Key::TopicStageSuccession,
    }
}

fn scheme_key(scheme: Scheme) -> Key {
    match scheme {
        Scheme::FoundingGuarantee => Key::TopicSchemeFoundingGuarantee,
        Scheme::StartupGuarantee => Key::TopicSchemeStartupGuarantee,
        Scheme::SafetyNet => Key::TopicSchemeSafetyNet,
        Scheme::Disaster => Key::TopicSchemeDisaster,
        Scheme::Succession => Key::TopicSchemeSuccession,
        Scheme::ExpertVisit => Key::TopicSchemeExpertVisit,
        Scheme::PlanAdvice => Key::TopicSchemePlanAdvice,
        Scheme::Municipal => Key::TopicSchemeMunicipal,
    }
}

fn life_key(life: Life) -> Key {
    match life {
        Life::Childcare => Key::TopicLifeChildcare,
        Life::Caring => Key::TopicLifeCaring,
        Life::SingleParent => Key::TopicLifeSingleParent,
        Life::LeavingWork => Key::TopicLifeLeavingWork,
        Life::SideBusiness => Key::TopicLifeSideBusiness,
        Life::Moving => Key::TopicLifeMoving,
        Life::OverFifty => Key::TopicLifeOverFifty,
        Life::Roots => Key::TopicLifeRoots,
        Life::Health => Key::TopicLifeHealth,
    }
}
