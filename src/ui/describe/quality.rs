use leptos::prelude::*;

use crate::{
    browser,
    metadata::{DESCRIPTION, Metadata, Point},
    ui::{parts::icon, studio::Studio},
};

/// The nine points that data.gouv.fr gives: first those missing, each with a way to its field.
#[component]
pub fn Quality(metadata: Memo<Metadata>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.pack_words();
    let score = Memo::new(move |_| metadata.with(Metadata::score));
    let boxes = move || (0..Point::ALL.len()).map(|at| view! { <i class:on=move || at < score.get()></i> }).collect_view();
    let points = move |met: bool| {
        let all = Point::ALL.into_iter().filter(move |point| metadata.with(|m| point.is_met(m)) == met);
        all.map(|point| view! { <Criterion point met metadata/> }).collect_view()
    };
    view! {
        <aside class="quality card stack g3" aria-labelledby="t-quality">
            <h2 id="t-quality">{words.quality_title}</h2>
            <p role="status" id="score"><span class="figure hot">{score}</span>" "{words.quality_of}</p>
            <div class="nine" aria-hidden="true">{boxes()}</div>
            <ul class="crit stack g2">
                {move || points(false)}
                {move || points(true)}
            </ul>
            <p class="muted small">{words.quality_same}</p>
        </aside>
    }
}

#[component]
fn Criterion(point: Point, met: bool, metadata: Memo<Metadata>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.pack_words();
    let (name, field, missing) = match point {
        Point::Description => {
            let lacking = metadata.with(|m| (DESCRIPTION + 1).saturating_sub(m.description.chars().count()));
            (words.point_description, "m-description", studio.count(words.point_description_do, lacking))
        }
        Point::Frequency => (words.point_frequency, "m-frequency", words.point_frequency_do.to_owned()),
        Point::UpToDate => (words.point_up_to_date, "m-frequency", words.point_up_to_date_do.to_owned()),
        Point::Period => (words.point_period, "m-start", words.point_period_do.to_owned()),
        Point::Territory => (words.point_territory, "m-zones", words.point_territory_do.to_owned()),
        Point::Licence => (words.point_licence, "m-licence", String::new()),
        Point::OpenFormat => (words.point_open_format, "", String::new()),
        Point::Available => (words.point_available, "", String::new()),
        Point::Documented => (words.point_documented, "", String::new()),
    };
    if met {
        let why = (point == Point::Documented).then(|| view! { <span class="muted">{words.point_documented_why}</span> });
        let met = words.quality_met;
        return view! { <li class="note yes">{icon("check", "icon-s good")}<span><strong>{name}</strong><span class="vh">{met}</span>{why}</span></li> }
            .into_any();
    }
    let go = move |_| {
        if let Some(field) = browser::element(field) {
            // A field that is gone leaves the keyboard where it was.
            let _ = field.focus();
        }
    };
    view! {
        <li class="note no">
            {icon("minus", "icon-s warn")}
            <span>
                <button class="link" type="button" on:click=go>{name}<span class="vh">{words.quality_missing}</span></button>
                <span class="muted">{missing}</span>
            </span>
        </li>
    }
    .into_any()
}
