//! The sources as flat lists of tokens: enough to see who names whom, in macros too, where a syntax tree ends.

use std::{fs, path::Path};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The workspace's members, by folder. Their packages are called `upskill-<folder>`.
const MEMBERS: [&str; 5] = ["api", "domain", "migrations", "persistence", "tests"];

/// All sources of the workspace.
pub(super) struct Tree {
    pub(super) sources: Vec<Source>,
}

/// One file.
pub(super) struct Source {
    /// From the top of the repository.
    pub(super) path: String,
    pub(super) text: String,
    tokens: Vec<Token>,
}

/// A path in the code, with `self`, `super` and `crate` resolved: `upskill_domain::funding::Budget`.
pub(super) struct Mention {
    pub(super) path: Vec<String>,
    pub(super) line: usize,
}

/// A name and where it stands.
#[derive(Clone)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) line: usize,
}

struct Token {
    kind: Kind,
    line: usize,
}

#[derive(PartialEq)]
enum Kind {
    Word(String),
    Mark(char),
    Open(char),
    Close(char),
    Literal,
}

impl Tree {
    /// Every `.rs` file of every member.
    pub(super) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace's folder");
        let mut sources = Vec::new();
        for member in MEMBERS {
            let before = sources.len();
            read_folder(root, &root.join(member), &mut sources);
            assert!(sources.len() > before, "no source in {member}: the rules would hold of nothing");
        }
        Self { sources }
    }

    /// A tree of made-up files, to prove the rules on.
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        Self {
            sources: files
                .iter()
                .map(|(path, text)| Source::new((*path).to_owned(), (*text).to_owned()))
                .collect(),
        }
    }

    /// The files under a folder.
    pub(super) fn under(&self, folder: &str) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(move |source| source.path.starts_with(folder))
    }
}

fn read_folder(root: &Path, folder: &Path, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("the folder is read") {
        let path = entry.expect("the folder's entry is read").path();
        if path.is_dir() {
            if !path.ends_with("target") {
                read_folder(root, &path, sources);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("the file is read");
            let path = path.strip_prefix(root).expect("the file is in the repository");
            sources.push(Source::new(path.display().to_string(), text));
        }
    }
}

impl Source {
    fn new(path: String, text: String) -> Self {
        let mut tokens = Vec::new();
        match text.parse::<TokenStream>() {
            Ok(stream) => flatten(stream, &mut tokens),
            Err(error) => panic!("{path} is no Rust: {error}"),
        }
        Self { path, text, tokens }
    }

    /// The crate that the file belongs to, as paths name it.
    fn package(&self) -> String {
        format!("upskill_{}", self.path.split('/').next().unwrap_or_default())
    }

    /// The module that the file is: `["funding", "request"]` for `domain/src/funding/request.rs`.
    pub(super) fn module(&self) -> Vec<String> {
        let path = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        let mut module: Vec<_> = path.split('/').skip(2).map(str::to_owned).collect();
        module.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
        module
    }

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

    /// The functions and methods that the file calls or passes on: `.save(`, `Writes::save`.
    pub(super) fn calls(&self) -> impl Iterator<Item = Name> {
        self.names(|before, at, source| {
            let by_path = before > 0 && source.is_mark(before, ':') && source.is_mark(before - 1, ':');
            let by_dot =
                source.is_mark(before, '.') && (source.is_open(at + 1, '(') || source.is_mark(at + 1, ':'));
            by_path || by_dot
        })
    }

    /// The functions that the file declares.
    pub(super) fn functions(&self) -> impl Iterator<Item = Name> {
        self.names(|before, _, source| source.word(before) == Some("fn"))
    }

    /// The functions that the file's traits declare.
    pub(super) fn trait_methods(&self) -> Vec<Name> {
        let (mut methods, mut depth, mut trait_at) = (Vec::new(), 0, None);
        for (at, token) in self.tokens.iter().enumerate() {
            match &token.kind {
                Kind::Word(word) if word == "trait" && trait_at.is_none() => trait_at = Some(depth),
                Kind::Word(text)
                    if trait_at == Some(depth - 1) && at > 0 && self.word(at - 1) == Some("fn") =>
                {
                    methods.push(Name { text: text.clone(), line: token.line });
                }
                Kind::Open(_) => depth += 1,
                Kind::Close(bracket) => {
                    depth -= 1;
                    // A trait ends where its body does; the brackets of its bounds are no bodies.
                    trait_at = trait_at.filter(|opened_at| *opened_at != depth || *bracket != '}');
                }
                _ => {}
            }
        }
        methods
    }

    /// The words of the file, keywords included.
    pub(super) fn words(&self) -> impl Iterator<Item = Name> {
        self.names(|_, _, _| true)
    }

    fn names(&self, wanted: impl Fn(usize, usize, &Self) -> bool) -> impl Iterator<Item = Name> {
        self.tokens.iter().enumerate().filter_map(move |(at, token)| match &token.kind {
            Kind::Word(text) if wanted(at.wrapping_sub(1), at, self) => {
                Some(Name { text: text.clone(), line: token.line })
            }
            _ => None,
        })
    }

    fn word(&self, at: usize) -> Option<&str> {
        match &self.tokens.get(at)?.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn is_mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    fn is_open(&self, at: usize, bracket: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Open(bracket))
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

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Ident(word) => tokens.push(Token { kind: Kind::Word(word.to_string()), line }),
            TokenTree::Punct(mark) => tokens.push(Token { kind: Kind::Mark(mark.as_char()), line }),
            TokenTree::Literal(_) => tokens.push(Token { kind: Kind::Literal, line }),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ('{', '}'),
                    Delimiter::Bracket => ('[', ']'),
                    Delimiter::Parenthesis | Delimiter::None => ('(', ')'),
                };
                tokens.push(Token { kind: Kind::Open(open), line });
                flatten(group.stream(), tokens);
                tokens.push(Token { kind: Kind::Close(close), line: group.span_close().start().line });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

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
