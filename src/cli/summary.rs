use crate::{
    i18n::{Locale, cause_title},
    repair::Cause,
    schema::{CompiledSchema, Schema},
};

/// A line a cause: what an agent would call it, its field, one of its values.
pub fn summary(locale: Locale, causes: &[Cause], schema: &Schema) -> Vec<String> {
    let checks = CompiledSchema::new(schema).checks;
    let line = |cause: &Cause| {
        let mark = if cause.key.advice { '!' } else { '✗' };
        let field = cause.key.field.and_then(|at| schema.fields.get(at)).map_or(String::new(), |f| format!(" · {}", f.name));
        let before = if cause.before.is_empty() { String::new() } else { format!(" · {}", locale.quote(&cause.before)) };
        format!("{mark} {}{field}{before}", cause_title(locale, cause, schema, &checks))
    };
    causes.iter().map(line).collect()
}
