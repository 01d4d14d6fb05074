//! The paths in a source: who is named, wherever and however it is written.

use super::source::{Kind, Source};

/// A path in the code, with `self`, `super` and `crate` resolved: `upskill_domain::funding::Budget`.
pub(super) struct Mention {
    pub(super) path: Vec<String>,
    pub(super) line: usize,
}

impl Source {
    /// The paths in the file that lead into a crate of this workspace, its own included.
    pub(super) fn mentions(&self) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let mut module = [vec![self.package()], self.module()].concat();
        let (mut depth, mut inner_modules) = (0, Vec::new());
        let mut at = 0;
        while at < self.tokens.len() {
            match &self.tokens[at].kind {
                Kind::Word(word) if word == "mod" && self.is_open(at + 2, '{') => {
                    module.extend(self.word(at + 1).map(str::to_owned));
                    inner_modules.push(depth);
                }
                Kind::Word(_) if self.starts_a_path(at) => {
                    at = self.follow(at, Vec::new(), &module, &mut mentions);
                    continue;
                }
                Kind::Open(_) => depth += 1,
                Kind::Close(_) => {
                    depth -= 1;
                    if inner_modules.pop_if(|opened_at| *opened_at == depth).is_some() {
                        module.pop();
                    }
                }
                _ => {}
            }
            at += 1;
        }
        mentions
    }

    /// Whether a path of interest starts here. After `use`, any: a module may be named there without `self`.
    fn starts_a_path(&self, at: usize) -> bool {
        let Some(word) = self.word(at) else { return false };
        let known = ["crate", "self", "super"].contains(&word) || word.starts_with("upskill_");
        let imported = at > 0 && self.word(at - 1) == Some("use");
        (known || imported) && self.is_mark(at + 1, ':') && self.is_mark(at + 2, ':')
    }

    /// Reads one path, or each path of a `{...}` group, and returns where the reading ended.
    fn follow(
        &self,
        mut at: usize,
        mut path: Vec<String>,
        module: &[String],
        mentions: &mut Vec<Mention>,
    ) -> usize {
        let line = self.tokens[at].line;
        loop {
            match self.tokens.get(at).map(|token| &token.kind) {
                Some(Kind::Word(word)) => path.push(word.clone()),
                Some(Kind::Open('{')) => {
                    at += 1;
                    while at < self.tokens.len() && self.tokens[at].kind != Kind::Close('}') {
                        let before = at;
                        at = self.follow(at, path.clone(), module, mentions);
                        at += usize::from(self.is_mark(at, ',') || at == before);
                    }
                    return at + 1;
                }
                _ => break,
            }
            at += 1;
            if !(self.is_mark(at, ':') && self.is_mark(at + 1, ':')) {
                break;
            }
            at += 2;
        }
        if let Some(path) = resolve(&path, module) {
            mentions.push(Mention { path, line });
        }
        at
    }
}

/// Replaces `crate`, `self` and `super` by what they mean in the module. A path that starts with none of them and
/// names no crate of ours is relative to the module.
fn resolve(path: &[String], module: &[String]) -> Option<Vec<String>> {
    let mut absolute = module.to_vec();
    for (position, segment) in path.iter().enumerate() {
        match segment.as_str() {
            "crate" => absolute.truncate(1),
            "self" => {}
            "super" => drop(absolute.pop()),
            _ if position == 0 && segment.starts_with("upskill_") => absolute = vec![segment.clone()],
            _ => absolute.push(segment.clone()),
        }
    }
    (!path.is_empty()).then_some(absolute)
}

#[cfg(test)]
mod tests {
    use super::super::source::Source;

    fn mentions(path: &str, text: &str) -> Vec<String> {
        let mentions = Source::new(path.to_owned(), text.to_owned()).mentions();
        mentions.into_iter().map(|mention| format!("{} {}", mention.line, mention.path.join("::"))).collect()
    }

    #[test]
    fn paths_are_found_in_imports_types_and_macros() {
        let text = "use crate::{kernel::{Id, Money}, learning};\n\
                    fn f(x: &crate::access::Actor) { println!(\"{}\", crate::funding::total()); }\n\
                    // crate::comment::is_not_code and \"crate::neither\"\n\
                    use upskill_domain::roi as r;\n\
                    use budget::{self, Budget};";
        assert_eq!(
            mentions("domain/src/funding/mod.rs", text),
            [
                "1 upskill_domain::kernel::Id",
                "1 upskill_domain::kernel::Money",
                "1 upskill_domain::learning",
                "2 upskill_domain::access::Actor",
                "2 upskill_domain::funding::total",
                "4 upskill_domain::roi",
                "5 upskill_domain::funding::budget",
                "5 upskill_domain::funding::budget::Budget",
            ]
        );
    }

    #[test]
    fn super_leads_out_of_inner_modules_first() {
        let text = "use super::ledger::Entry;\nmod tests { use super::super::budget::Budget; }\nuse super::super::roi::R;";
        assert_eq!(
            mentions("domain/src/funding/request.rs", text),
            [
                "1 upskill_domain::funding::ledger::Entry",
                "2 upskill_domain::funding::budget::Budget",
                "3 upskill_domain::roi::R",
            ]
        );
    }
}
