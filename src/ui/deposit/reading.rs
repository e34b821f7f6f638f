use leptos::{ev, prelude::*};
use web_sys::Element;

use super::{
    entries::Entries,
    number::NumberField,
    sheets::{Blocks, Sheets},
};
use crate::{
    browser,
    i18n::notice,
    intake::{Choices, Container, Encoding, Notice, Reading},
    protocol::Request,
    text,
    ui::{
        arrival::Arrival,
        parts::{TroubleBanner, icon, small_icon},
        studio::{Step, Studio, delimiter_name},
    },
};

/// The most lines that a sheet of a spreadsheet has.
const LINES: u32 = 1 << 20;

/// How the file was read, each choice changeable, with the first rows as they stand.
#[component]
pub fn ReadingPanel() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    // The preview follows every state, since a choice may have changed it.
    Effect::new(move |_| {
        studio.version.track();
        studio.ask(Request::Preview);
    });
    // What a choice changes is drawn anew: the keyboard goes back to the control it was on.
    let held = StoredValue::new(None);
    let hold = move |event: ev::FocusEvent| held.set_value(control(&event_target(&event)));
    Effect::new(move |_| {
        studio.version.track();
        studio.preview.track();
        request_animation_frame(move || {
            if let Some(control) = held.try_get_value().flatten() {
                browser::focus_again(&control);
            }
        });
    });
    view! {
        <div class="page" on:focusin=hold>
            <div class="head">
                <div>
                    <h1>{words.reading_title}</h1>
                    <p class="lede">{words.reading_lede}</p>
                </div>
                <div class="row">
                    <button class="btn" type="button" id="another-file" on:click=move |_| studio.show_another(true)>{words.another_file}</button>
                    <button class="btn btn-main" type="button" on:click=move |_| studio.go(Step::Map)>
                        {words.reading_right}{small_icon("right")}
                    </button>
                </div>
            </div>
            <TroubleBanner/>
            {move || again(studio)}
            <Entries/>
            <Sheets/>
            <div class="split reading">
                {move || choices(studio)}
                {move || preview(studio)}
            </div>
        </div>
    }
}

/// The selector of a control, by which it is found once drawn anew: its id, or the one chosen of its group.
fn control(element: &Element) -> Option<String> {
    let named = |name: String| format!("[name={name}]:checked");
    let id = Some(element.id()).filter(|id| !id.is_empty());
    id.map(|id| format!("#{id}")).or_else(|| element.get_attribute("name").map(named))
}

/// The file being read again, where that lasts.
fn again(studio: Studio) -> Option<impl IntoView> {
    let words = studio.words();
    let share = studio.arrival.with(|arrival| arrival.as_ref().map(Arrival::share))?.map(|share| share.to_string());
    Some(view! {
        <div class="row again" role="status">
            <progress max="1" value=share aria-label=words.reading_file></progress>
            <button class="btn btn-s" type="button" on:click=move |_| studio.cancel()>{words.stop}</button>
        </div>
    })
}

fn choices(studio: Studio) -> Option<AnyView> {
    let words = studio.words();
    let (reading, file, size) = studio.overview.with(|o| (o.reading.clone(), o.file.clone(), o.size));
    let reading = reading?;
    let kind = match &reading.container {
        Container::Workbook { application, .. } => studio.fill(words.kind_workbook, &[("what", application)]),
        Container::Text { .. } => words.kind_text.to_owned(),
    };
    let kilobytes = studio.count(words.kilobytes, size.div_ceil(1024) as usize);
    let particular = match reading.container.clone() {
        Container::Workbook { .. } => None,
        Container::Text { encoding, delimiter } => Some(text_choice(studio, encoding, delimiter)),
    };
    Some(
        view! {
            <section class="card stack g5" aria-labelledby="t-read">
                <div>
                    <h2 id="t-read" class="file">{file}</h2>
                    <p class="muted small">{kind}" · "{kilobytes}</p>
                </div>
                {particular}
                <Blocks/>
                {header_choice(studio, &reading)}
                {rows_choice(studio, &reading)}
            </section>
        }
        .into_any(),
    )
}

/// Reads the file again with one choice changed.
pub(super) fn choose(studio: Studio, change: impl FnOnce(&mut Choices)) {
    let mut choices = studio.choices();
    change(&mut choices);
    studio.ask(Request::Read(choices));
}

fn text_choice(studio: Studio, encoding: Encoding, delimiter: char) -> AnyView {
    let words = studio.words();
    let signs = [(';', ";"), (',', ","), ('\t', "⇥"), ('|', "|")];
    let sign = move |(value, shown): (char, &'static str)| {
        let name = delimiter_name(words, value);
        let title = name.clone();
        view! {
            <label title=title>
                <input
                    type="radio"
                    name="delimiter"
                    aria-label=name
                    prop:checked=value == delimiter
                    on:change=move |_| choose(studio, |choices| (choices.delimiter, choices.header) = (Some(value), None))
                />
                <span class="raw" aria-hidden="true">{shown}</span>
            </label>
        }
    };
    // A file that is good UTF-8 is nothing else.
    let is_good = studio.overview.with(|o| {
        let lost = |reading: &Reading| reading.notices.iter().any(|notice| matches!(notice, Notice::LostCharacters(_)));
        encoding == Encoding::Utf8 && o.choices.encoding.is_none() && !o.reading.as_ref().is_some_and(lost)
    });
    let encodings = (!is_good).then(|| {
        let option = move |value: Encoding| {
            view! {
                <label class="tick pick">
                    <input
                        type="radio"
                        name="encoding"
                        prop:checked=value == encoding
                        on:change=move |_| choose(studio, |choices| choices.encoding = Some(value))
                    />
                    <span>{value.name()}</span>
                </label>
            }
        };
        let offered = match encoding {
            Encoding::Utf16Le | Encoding::Utf16Be => vec![encoding],
            Encoding::Utf32Le | Encoding::Utf32Be => vec![encoding],
            _ => vec![Encoding::Windows1252, Encoding::Utf8, Encoding::Iso885915, Encoding::MacRoman, Encoding::Dos],
        };
        view! {
            <fieldset class="stack g2">
                <legend>{words.accents}</legend>
                {offered.into_iter().map(option).collect_view()}
            </fieldset>
        }
    });
    view! {
        {encodings}
        <fieldset class="stack g2">
            <legend>{words.delimiter}</legend>
            <div class="seg seps">{signs.into_iter().map(sign).collect_view()}</div>
            <p class="hint">{delimiter_name(words, delimiter)}</p>
        </fieldset>
    }
    .into_any()
}

fn header_choice(studio: Studio, reading: &Reading) -> impl IntoView {
    let words = studio.words();
    let line = reading.header;
    let (top, bottom) = reading.area().map_or((1, LINES), |area| (area.top, area.bottom));
    let set = move |line: u32| choose(studio, |choices| (choices.header, choices.header_lines) = (Some(line), None));
    // One press counts from the line that the one before has asked, which may not be read yet.
    let step = move |by: i32| {
        // Without a header, the first line is the next.
        let line = studio.choices().header.unwrap_or(line).max(top.saturating_sub(1)).saturating_add_signed(by);
        if (top..=bottom).contains(&line) {
            set(line);
        }
    };
    // Told rather than disabled: a button keeps the keyboard when it comes to the end.
    let (at_top, at_bottom) = (line <= top, line >= bottom);
    let hint = match line {
        0 => words.header_absent.to_owned(),
        line => match (line + 1).saturating_sub(u32::from(reading.header_lines) + top) {
            0 if top > 1 => words.header_top.to_owned(),
            0 => words.header_first.to_owned(),
            above => studio.count(words.header_after, above as usize),
        },
    };
    let none = move |event| {
        let header = if event_target_checked(&event) { Some(0) } else { None };
        choose(studio, |choices| (choices.header, choices.header_lines) = (header, None));
    };
    let two = move |event| {
        let lines = if event_target_checked(&event) { 2 } else { 1 };
        choose(studio, |choices| (choices.header, choices.header_lines) = (Some(line), Some(lines)));
    };
    let two = (line > top).then(|| tick("header-two", words.header_two, reading.header_lines == 2, two));
    view! {
        <div class="field">
            <label for="header-line">{words.header_line}</label>
            <div class="stepper row nowrap g1">
                <button
                    class="btn btn-icon"
                    type="button"
                    id="line-before"
                    aria-label=words.line_before
                    aria-disabled=at_top.to_string()
                    on:click=move |_| step(-1)
                >
                    {icon("minus", "icon-s")}
                </button>
                <NumberField
                    id="header-line"
                    described="header-hint"
                    bounds=(top, bottom)
                    value=Some(line).filter(|line| *line > 0)
                    change=set
                />
                <button
                    class="btn btn-icon"
                    type="button"
                    id="line-after"
                    aria-label=words.line_after
                    aria-disabled=at_bottom.to_string()
                    on:click=move |_| step(1)
                >
                    {icon("plus", "icon-s")}
                </button>
            </div>
            <p class="hint" id="header-hint">{hint}</p>
            {two}
            {tick("header-none", words.header_none, line == 0, none)}
        </div>
    }
}

fn tick(id: &'static str, label: &'static str, checked: bool, change: impl Fn(ev::Event) + 'static) -> impl IntoView {
    view! {
        <label class="tick small">
            <input type="checkbox" id=id prop:checked=checked on:change=change/>
            <span>{label}</span>
        </label>
    }
}

/// Rows that are no data: totals and notes at the end, remarks between.
fn rows_choice(studio: Studio, reading: &Reading) -> impl IntoView {
    let words = studio.words();
    let choices = studio.overview.with(|o| o.choices.clone());
    let marked = studio.preview.with(|rows| rows.iter().any(|row| row.first().is_some_and(|cell| cell.starts_with('#'))));
    let is_text = matches!(reading.container, Container::Text { .. });
    let remarks = (is_text && (marked || choices.remarks)).then(|| {
        let set = move |event| {
            let on = event_target_checked(&event);
            choose(studio, |choices| choices.remarks = on);
        };
        tick("remarks", words.remarks, choices.remarks, set)
    });
    let most = u32::try_from(reading.rows).unwrap_or(u32::MAX).saturating_add(choices.footer);
    let leave = move |rows| choose(studio, |choices| choices.footer = rows);
    view! {
        <div class="field">
            <label for="footer-lines">{words.footer_lines}</label>
            <NumberField id="footer-lines" described="footer-hint" bounds=(0, most) value=Some(choices.footer) change=leave/>
            <p class="hint" id="footer-hint">{words.footer_hint}</p>
            {remarks}
        </div>
    }
}

/// What becomes of a line of the file.
enum Fate {
    Kept,
    Header,
    LeftOut,
}

/// What becomes of the first lines of the file, the first of which has this number.
fn fates(reading: &Reading, choices: &Choices, first: usize, rows: &[Vec<String>]) -> Vec<Fate> {
    let (header, lines) = (reading.header as usize, usize::from(reading.header_lines));
    let mut kept = 0;
    let labels = (lines == 1).then(|| rows.get(header.checked_sub(first)?)).flatten();
    let fate = |(at, cells): (usize, &Vec<String>)| match first + at {
        line if line + lines <= header => Fate::LeftOut,
        line if line <= header => Fate::Header,
        // Labels said again.
        _ if labels == Some(cells) => Fate::LeftOut,
        _ if choices.remarks && cells.first().is_some_and(|cell| cell.starts_with('#')) => Fate::LeftOut,
        _ => {
            kept += 1;
            // Once all that was kept has passed, what is left is what stands at the end.
            if choices.footer > 0 && kept > reading.rows { Fate::LeftOut } else { Fate::Kept }
        }
    };
    rows.iter().enumerate().map(fate).collect()
}

fn preview(studio: Studio) -> Option<impl IntoView> {
    let words = studio.words();
    let rows = studio.preview.get();
    let (reading, choices) = studio.overview.with(|o| (o.reading.clone(), o.choices.clone()));
    let reading = reading?;
    // Of a sheet that holds several tables, the rows of the one read are shown, and keep their places.
    let (first, left) = reading.area().map_or((1, 0), |area| (area.top as usize, area.left));
    let width = rows.iter().map(Vec::len).max().unwrap_or_default().min(40);
    let letters = (0..width).map(|column| view! { <th scope="col">{text::letters(left + column)}</th> }).collect_view();
    let row = move |(at, (cells, fate)): (usize, (Vec<String>, Fate))| {
        let line = first + at;
        let (class, state) = match fate {
            Fate::Kept => ("", ""),
            Fate::Header => ("hd", words.row_header),
            Fate::LeftOut => ("off", words.row_left_out),
        };
        let cell = move |column: usize| {
            let text = cells.get(column).cloned().unwrap_or_default();
            view! { <td>{text}</td> }
        };
        let pick = move |_| choose(studio, |choices| choices.header = Some(line as u32));
        let label = studio.count(words.make_header, line);
        view! {
            <tr class=class>
                <th scope="row">
                    <button class="link" type="button" id=format!("line-{line}") aria-label=label on:click=pick><b>{line}</b></button>
                    <span>{state}</span>
                </th>
                {(0..width).map(cell).collect_view()}
            </tr>
        }
    };
    let fates = fates(&reading, &choices, first, &rows);
    let rows = rows.into_iter().zip(fates).enumerate().map(row).collect_view();
    let noticed = |n: Notice| view! { <li class="note">{icon("info", "icon-s muted")}<span>{notice(studio.locale.get_untracked(), &n)}</span></li> };
    let noticed = (!reading.notices.is_empty()).then(|| {
        let all = reading.notices.into_iter().map(noticed).collect_view();
        view! { <ul class="noticed" aria-label=words.noticed>{all}</ul> }
    });
    Some(view! {
        <section class="stack g2" aria-labelledby="t-preview">
            <div class="row between">
                <h2 id="t-preview">{words.preview}</h2>
                <span class="muted small">{words.preview_hint}</span>
            </div>
            <div class="scroll" tabindex="0" role="region" aria-label=words.first_rows>
                <table class="table preview">
                    <thead><tr><th scope="col"><span class="vh">{words.line}</span></th>{letters}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {noticed}
        </section>
    })
}
