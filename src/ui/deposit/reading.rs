use leptos::{ev, prelude::*};
use web_sys::Element;

use super::sheets::{Blocks, Sheets};
use crate::{
    browser,
    i18n::notice,
    intake::{Archive, ArchiveEntry, Choices, Container, Encoding, Reading},
    protocol::Request,
    text,
    ui::{
        arrival::Arrival,
        parts::{TroubleBanner, icon, small_icon},
        studio::{Step, Studio, delimiter_name},
    },
};

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
                    <button class="btn" type="button" id="another-file" on:click=move |_| studio.another.set(true)>{words.another_file}</button>
                    <button class="btn btn-main" type="button" on:click=move |_| studio.go(Step::Map)>
                        {words.reading_right}{small_icon("right")}
                    </button>
                </div>
            </div>
            <TroubleBanner/>
            {move || again(studio)}
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
                {reading.archive.clone().map(|archive| entry_choice(studio, archive))}
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
    let mut choices = studio.overview.with_untracked(|o| o.choices.clone());
    change(&mut choices);
    studio.ask(Request::Read(choices));
}

/// The tables of an archive, where it holds several.
fn entry_choice(studio: Studio, archive: Archive) -> Option<AnyView> {
    let words = studio.words();
    let chosen = archive.entry;
    let option = move |(at, entry): (usize, ArchiveEntry)| {
        let size = studio.count(words.kilobytes, entry.bytes.div_ceil(1024) as usize);
        let set = move |_| choose(studio, |choices| *choices = Choices { entry: Some(at), ..Choices::default() });
        view! {
            <label class="tick">
                <input type="radio" name="entry" checked=at == chosen on:change=set/>
                <span><strong>{entry.name}</strong>" "<span class="muted">{size}</span></span>
            </label>
        }
    };
    (archive.entries.len() > 1).then(|| {
        view! {
            <fieldset class="stack g2">
                <legend>{words.archive_entry}</legend>
                {archive.entries.into_iter().enumerate().map(option).collect_view()}
            </fieldset>
        }
        .into_any()
    })
}

fn text_choice(studio: Studio, encoding: Encoding, delimiter: char) -> AnyView {
    let words = studio.words();
    let signs = [(';', ";"), (',', ","), ('\t', "⇥"), ('|', "|")];
    let sign = move |(value, shown): (char, &'static str)| {
        let name = delimiter_name(words, value);
        view! {
            <label title=name>
                <input
                    type="radio"
                    name="delimiter"
                    aria-label=name
                    checked=value == delimiter
                    on:change=move |_| choose(studio, |choices| (choices.delimiter, choices.header) = (Some(value), None))
                />
                <span class="raw" aria-hidden="true">{shown}</span>
            </label>
        }
    };
    // A file that is good UTF-8 is nothing else.
    let encodings = (encoding != Encoding::Utf8 || studio.overview.with(|o| o.choices.encoding.is_some())).then(|| {
        let option = move |value: Encoding| {
            view! {
                <label class="tick pick">
                    <input
                        type="radio"
                        name="encoding"
                        checked=value == encoding
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
    let set = move |line: u32| choose(studio, |choices| (choices.header, choices.header_lines) = (Some(line.max(1)), None));
    let typed = move |event: ev::Event| {
        if let Ok(line) = event_target_value(&event).parse() {
            set(line);
        }
    };
    let hint = match line {
        0 => words.header_absent.to_owned(),
        line => match line.saturating_sub(u32::from(reading.header_lines)) {
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
    let two = (line > 1).then(|| tick("header-two", words.header_two, reading.header_lines == 2, two));
    view! {
        <div class="field">
            <label for="header-line">{words.header_line}</label>
            <div class="stepper row nowrap g1">
                <button
                    class="btn btn-icon"
                    type="button"
                    id="line-before"
                    aria-label=words.line_before
                    disabled=line <= 1
                    on:click=move |_| set(line - 1)
                >
                    {icon("minus", "icon-s")}
                </button>
                <input class="input" id="header-line" type="number" min="1" prop:value=line aria-describedby="header-hint" on:change=typed/>
                <button class="btn btn-icon" type="button" id="line-after" aria-label=words.line_after on:click=move |_| set(line + 1)>
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
            <input type="checkbox" id=id checked=checked on:change=change/>
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
    let typed = move |event: ev::Event| {
        if let Ok(rows) = event_target_value(&event).parse() {
            choose(studio, |choices| choices.footer = rows);
        }
    };
    view! {
        <div class="field">
            <label for="footer-lines">{words.footer_lines}</label>
            <input class="input" id="footer-lines" type="number" min="0" prop:value=choices.footer aria-describedby="footer-hint" on:change=typed/>
            <p class="hint" id="footer-hint">{words.footer_hint}</p>
            {remarks}
        </div>
    }
}

fn preview(studio: Studio) -> impl IntoView {
    let words = studio.words();
    let rows = studio.preview.get();
    let (header, lines, notices) = studio.overview.with(|o| {
        let reading = o.reading.as_ref();
        let place = reading.map_or((0, 0), |r| (r.header as usize, usize::from(r.header_lines)));
        (place.0, place.1, reading.map(|r| r.notices.clone()).unwrap_or_default())
    });
    // Of a sheet that holds several tables, the rows of the one read are shown, and keep their places.
    let area = studio.overview.with(|o| o.reading.as_ref().and_then(Reading::area).cloned());
    let (above, left) = area.map_or((0, 0), |area| (area.top as usize - 1, area.left));
    let width = rows.iter().map(Vec::len).max().unwrap_or_default().min(40);
    let letters = (0..width).map(|column| view! { <th scope="col">{text::letters(left + column)}</th> }).collect_view();
    let row = move |(at, cells): (usize, Vec<String>)| {
        let line = above + at + 1;
        let (class, state) = match line {
            _ if line > header => ("", ""),
            _ if line + lines > header => ("hd", words.row_header),
            _ => ("off", words.row_left_out),
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
    let noticed = notices.into_iter().map(|n| view! { <li class="note">{icon("info", "icon-s muted")}<span>{notice(studio.locale.get_untracked(), &n)}</span></li> });
    view! {
        <section class="stack g2" aria-labelledby="t-preview">
            <div class="row between">
                <h2 id="t-preview">{words.preview}</h2>
                <span class="muted small">{words.preview_hint}</span>
            </div>
            <div class="scroll" tabindex="0" role="region" aria-label=words.first_rows>
                <table class="table preview">
                    <thead><tr><th scope="col"><span class="vh">{words.line}</span></th>{letters}</tr></thead>
                    <tbody>{rows.into_iter().enumerate().map(row).collect_view()}</tbody>
                </table>
            </div>
            <ul class="noticed" aria-label=words.noticed>{noticed.collect_view()}</ul>
        </section>
    }
}
