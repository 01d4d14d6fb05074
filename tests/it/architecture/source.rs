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
    pub(super) tokens: Vec<Token>,
}

/// A name and where it stands.
#[derive(Clone)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) line: usize,
}

pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) line: usize,
}

#[derive(PartialEq)]
pub(super) enum Kind {
    Word(String),
    Mark(char),
    Open(char),
    Close(char),
    Literal,
}

impl Tree {
    /// Every `.rs` file of every member.
    pub(super) fn read() -> Self {
        let root = support::checkout::root();
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
    pub(super) fn new(path: String, text: String) -> Self {
        let mut tokens = Vec::new();
        match text.parse::<TokenStream>() {
            Ok(stream) => flatten(stream, &mut tokens),
            Err(error) => panic!("{path} is no Rust: {error}"),
        }
        Self { path, text, tokens }
    }

    /// The crate that the file belongs to, as paths name it.
    pub(super) fn package(&self) -> String {
        format!("upskill_{}", self.path.split('/').next().unwrap_or_default())
    }

    /// The module that the file is: `["funding", "request"]` for `domain/src/funding/request.rs`.
    pub(super) fn module(&self) -> Vec<String> {
        let path = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        let mut module: Vec<_> = path.split('/').skip(2).map(str::to_owned).collect();
        module.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
        module
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

    /// The methods that the file calls and waits for: `.save(..).await`.
    pub(super) fn awaited_calls(&self) -> impl Iterator<Item = Name> {
        self.names(|before, at, source| {
            let after = source.after_brackets(at + 1);
            source.is_mark(before, '.')
                && source.is_mark(after, '.')
                && source.word(after + 1) == Some("await")
        })
    }

    /// Where the brackets that open here are left; the place itself if none do.
    fn after_brackets(&self, at: usize) -> usize {
        let mut depth = 0;
        for (offset, token) in self.tokens.iter().skip(at).enumerate() {
            match token.kind {
                Kind::Open(_) => depth += 1,
                Kind::Close(_) => depth -= 1,
                _ => {}
            }
            if depth <= 0 {
                return if offset == 0 { at } else { at + offset + 1 };
            }
        }
        at
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

    pub(super) fn word(&self, at: usize) -> Option<&str> {
        match &self.tokens.get(at)?.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    pub(super) fn is_open(&self, at: usize, bracket: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Open(bracket))
    }
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
