//! Names of people who do not exist.

use super::dice::Dice;

/// Given names and family names of one culture.
type Culture = (&'static [&'static str], &'static [&'static str]);

const CULTURES: [Culture; 10] = [
    (
        &["Anna", "Jonas", "Katrin", "Stefan", "Heike", "Moritz", "Sabine", "Till", "Ulrike", "Florian"],
        &["Becker", "Krüger", "Vogel", "Brandt", "Seidel", "Lorenz", "Pohl", "Winkler", "Arnold", "Busch"],
    ),
    (
        &["Agnieszka", "Piotr", "Kasia", "Marek", "Ewa", "Paweł", "Zofia", "Adam", "Iwona", "Jakub"],
        &["Nowicki", "Zielak", "Wrona", "Sikora", "Duda", "Baran", "Kozak", "Lis", "Mazur", "Gajda"],
    ),
    (
        &["Elif", "Emre", "Zeynep", "Murat", "Ayşe", "Can", "Selin", "Onur", "Derya", "Kerem"],
        &["Yıldız", "Kaya", "Aydın", "Polat", "Şahin", "Korkmaz", "Acar", "Tekin", "Uçar", "Güneş"],
    ),
    (
        &["Ananya", "Rohan", "Kavya", "Arjun", "Meera", "Vikram", "Nisha", "Sanjay", "Divya", "Rahul"],
        &["Iyer", "Menon", "Kulkarni", "Bhatt", "Chopra", "Pillai", "Joshi", "Nair", "Desai", "Reddy"],
    ),
    (
        &["Chiara", "Marco", "Giulia", "Luca", "Elena", "Davide", "Sofia", "Paolo", "Irene", "Matteo"],
        &["Ferri", "Galli", "Moretti", "Sala", "Bruno", "Conti", "Rinaldi", "Testa", "Fontana", "Longo"],
    ),
    (
        &["Nkechi", "Tunde", "Amina", "Kofi", "Zainab", "Chidi", "Abena", "Sekou", "Fatou", "Jabari"],
        &["Okoro", "Mensah", "Balogun", "Diallo", "Nwosu", "Owusu", "Traoré", "Kamau", "Sesay", "Abebe"],
    ),
    (
        &["Linh", "Wei", "Yuki", "Jun", "Mai", "Hao", "Sakura", "Minh", "Xin", "Kenji"],
        &["Nguyen", "Zhang", "Sato", "Pham", "Chen", "Mori", "Liu", "Vo", "Ito", "Huang"],
    ),
    (
        &["Marta", "Javier", "Lucía", "Pablo", "Inés", "Andrés", "Clara", "Sergio", "Nuria", "Hugo"],
        &["Ortega", "Vidal", "Romero", "Campos", "Reyes", "Molina", "Serrano", "Cano", "Lozano", "Prieto"],
    ),
    (
        &["Yasmin", "Karim", "Layla", "Omar", "Noura", "Samir", "Hala", "Tariq", "Rania", "Bilal"],
        &["Haddad", "Mansour", "Khalil", "Saleh", "Nasser", "Farouk", "Azizi", "Rahimi", "Karimi", "Sabri"],
    ),
    (
        &["Olena", "Andrij", "Iryna", "Taras", "Milica", "Nikola", "Jelena", "Bogdan", "Daria", "Vuk"],
        &["Kovalenko", "Bondar", "Jović", "Marin", "Savić", "Lysenko", "Pavlić", "Koval", "Ilić", "Tkach"],
    ),
];

/// A name, both halves from one culture.
pub(super) fn name(dice: &mut Dice) -> String {
    let (given, family) = dice.pick(&CULTURES);
    format!("{} {}", dice.pick(given), dice.pick(family))
}

/// The part of an e-mail address before the `@`.
pub(super) fn mailbox(name: &str) -> String {
    name.chars().flat_map(plain).collect()
}

fn plain(letter: char) -> Vec<char> {
    let folded = match letter.to_lowercase().next().unwrap_or(letter) {
        ' ' => ".",
        'á' | 'à' | 'ã' | 'ä' => "a",
        'ć' | 'č' | 'ç' => "c",
        'é' | 'è' => "e",
        'ğ' => "g",
        'í' | 'ı' => "i",
        'ł' => "l",
        'ñ' => "n",
        'ó' | 'ö' => "o",
        'ş' | 'š' => "s",
        'ú' | 'ü' => "u",
        letter => return letter.is_ascii_alphanumeric().then_some(letter).into_iter().collect(),
    };
    folded.chars().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes_are_plain() {
        assert_eq!(mailbox("Ayşe Yıldız"), "ayse.yildiz");
        assert_eq!(mailbox("Minh Anh Tran"), "minh.anh.tran");
        for (given, family) in CULTURES {
            for name in given.iter().chain(family) {
                assert_eq!(mailbox(name).chars().count(), name.chars().count(), "{name}");
            }
        }
    }
}
