//! What is asked in the customer information profile: a template that each site adds to and takes from
//! (A14-F01 to A14-F42, A14-N3).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Dossier, Entry};
use crate::domain::context::Context;
use crate::domain::customer::CustomerDetails;
use crate::domain::named::named;
use crate::domain::phone::{Phone, PhoneLabel};
use crate::domain::profile::{Choice, Permission, Words};
use crate::domain::role::Role;

/// The part of a field that has only one.
pub const VALUE: &str = "value";
/// A part of this name is a date of birth, and is greeted at (A14-2.4).
pub const BORN: &str = "born";
/// A part of this name is somebody's name.
pub const NAME: &str = "name";

named! {
    /// How something is filled in.
    #[derive(Default)]
    Shape {
        /// Words.
        #[default]
        Text = "text",
        /// One of a list.
        Choice = "choice",
        /// Several of a list.
        Choices = "choices",
        /// Yes or no, or not stated.
        YesNo = "yes-no",
        /// From 1 to 5.
        Scale = "scale",
        /// A date of which not everything need be known, solar or lunar.
        Date = "date",
        /// Telephones.
        Phone = "phone",
        /// Plates of cars.
        Plate = "plate",
        /// Square metres.
        Area = "area",
        /// Years of age, kept with the day on which they were said (A14-F14).
        Age = "age",
    }
}

named! {
    /// A content of the customer's card that the profile shows and changes there: it is stored once.
    CardField {
        /// The home address (A14-F02).
        Address = "address",
        /// The employer (A14-F03).
        Employer = "employer",
        /// The position (A14-F33).
        Position = "position",
        /// The telephones at work (A14-F04).
        WorkPhone = "work-phone",
        /// The telephones at home (A14-F05).
        HomePhone = "home-phone",
        /// The mobile telephones (A14-F06).
        MobilePhone = "mobile-phone",
        /// The spouse's telephones (A14-F11).
        SpousePhone = "spouse-phone",
        /// The plates (A14-F35).
        Plates = "plates",
    }
}

impl CardField {
    /// What label its telephones have.
    const fn label(self) -> Option<PhoneLabel> {
        match self {
            Self::WorkPhone => Some(PhoneLabel::Work),
            Self::HomePhone => Some(PhoneLabel::Home),
            Self::MobilePhone => Some(PhoneLabel::Mobile),
            Self::SpousePhone => Some(PhoneLabel::Spouse),
            _ => None,
        }
    }

    /// What the card has there; several telephones or plates with a comma between.
    pub fn of(self, card: &CustomerDetails) -> String {
        if let Some(label) = self.label() {
            let own = card.phones.iter().filter(|phone| phone.label == label);
            let digits: Vec<&str> = own.map(|phone| phone.digits.as_str()).collect();
            return digits.join(", ");
        }
        match self {
            Self::Address => card.address.clone(),
            Self::Employer => card.employer.clone(),
            Self::Position => card.position.clone(),
            _ => card.plates.join(", "),
        }
    }

    /// Puts a value that was checked onto a card. The main telephone stays the first.
    pub fn put(self, card: &mut CustomerDetails, value: &str) {
        let list = || value.split(", ").filter(|it| !it.is_empty());
        if let Some(label) = self.label() {
            let place = card.phones.iter().position(|phone| phone.label == label);
            let phones = list().map(|digits| Phone {
                digits: digits.to_owned(),
                label,
            });
            let phones: Vec<Phone> = phones.collect();
            card.phones.retain(|phone| phone.label != label);
            // The spouse's is nobody's main telephone.
            let end = card.phones.len();
            let place = place.filter(|_| self != Self::SpousePhone);
            let place = place.unwrap_or(end).min(end);
            card.phones.splice(place..place, phones);
            return;
        }
        match self {
            Self::Address => value.clone_into(&mut card.address),
            Self::Employer => value.clone_into(&mut card.employer),
            Self::Position => value.clone_into(&mut card.position),
            _ => card.plates = list().map(str::to_owned).collect(),
        }
    }
}

const fn yes() -> bool {
    true
}

/// A part of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DossierPart {
    /// The name that records keep.
    pub id: String,
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
    /// How it is filled in.
    #[serde(default)]
    pub shape: Shape,
    /// What is chosen from.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// It is asked only while the first part of the field is this (A14-F20, A14-F21).
    #[serde(default)]
    pub when: Option<String>,
    /// Only for whoever may see what is sensitive (A14-F14).
    #[serde(default)]
    pub sensitive: bool,
    /// The content of the card that it is.
    #[serde(default)]
    pub card: Option<CardField>,
}

/// A field of the profile.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own that a site answers"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DossierField {
    /// Simplified Chinese. `{developer}` stands for the developer's name.
    pub zh: String,
    /// English.
    pub en: String,
    /// The section of the form it stands in.
    pub section: String,
    /// The clause that names it; absent where the site made it.
    #[serde(default)]
    pub clause: Option<String>,
    /// How it is filled in, where it has no parts.
    #[serde(default)]
    pub shape: Shape,
    /// What is chosen from, where it has no parts.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// The content of the card that it is, where it has no parts.
    #[serde(default)]
    pub card: Option<CardField>,
    /// Its parts.
    #[serde(default)]
    pub parts: Vec<DossierPart>,
    /// Parts that are left out.
    #[serde(default)]
    pub without: Vec<String>,
    /// Whether there may be several rows, as of children.
    #[serde(default)]
    pub many: bool,
    /// Whether it is asked at all.
    #[serde(default = "yes")]
    pub on: bool,
    /// Only for whoever may see what is sensitive.
    #[serde(default)]
    pub sensitive: bool,
    /// Whether it may stand in exports and lists (A14-F22).
    #[serde(default = "yes")]
    pub exported: bool,
    /// Whether it counts in the share that is filled (A14-N2).
    #[serde(default = "yes")]
    pub counted: bool,
    /// Whether it is a taste to be regarded on visits (A14-2.3).
    #[serde(default)]
    pub taste: bool,
    /// Whether the report of needs counts it (A14-N4.3).
    #[serde(default)]
    pub need: bool,
    /// The posts that see it; all who see the profile where none is named.
    #[serde(default)]
    pub roles: Vec<Role>,
}

/// What is asked in the profile of a customer at a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DossierRules {
    /// The developer's name (A14-F31).
    pub developer: Words,
    /// The sections of the form, in their order.
    pub sections: Vec<Choice>,
    /// The fields, in the order of their names.
    pub fields: BTreeMap<String, DossierField>,
}

impl DossierField {
    /// The parts that are asked; one, called [`VALUE`], where it has none of its own.
    pub fn parts(&self) -> Vec<DossierPart> {
        if self.parts.is_empty() {
            return vec![DossierPart {
                id: VALUE.to_owned(),
                shape: self.shape,
                choices: self.choices.clone(),
                card: self.card,
                ..DossierPart::default()
            }];
        }
        let asked = self
            .parts
            .iter()
            .filter(|part| !self.without.contains(&part.id));
        asked.cloned().collect()
    }

    /// The part of a name, where it is asked.
    pub fn part(&self, id: &str) -> Option<DossierPart> {
        self.parts().into_iter().find(|part| part.id == id)
    }

    /// Whether whoever asks may see it.
    pub fn sees(&self, context: &Context) -> bool {
        let post = |role: &Role| context.operator.roles.contains(role);
        self.on
            && (self.roles.is_empty() || self.roles.iter().any(post))
            && (!self.sensitive || context.may(Permission::DossierSensitive).is_ok())
    }

    /// Whether whoever asks may see a part of it.
    pub fn sees_part(&self, part: &DossierPart, context: &Context) -> bool {
        self.sees(context) && (!part.sensitive || context.may(Permission::DossierSensitive).is_ok())
    }
}

/// How much of a profile is filled (A14-N2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// Fields with something in them.
    pub filled: u32,
    /// Fields there are.
    pub of: u32,
}

impl Share {
    /// In tenths of a per cent, rounded: 238 for 10 of 42.
    pub fn permille(self) -> u32 {
        let of = u64::from(self.of.max(1));
        let exact = (u64::from(self.filled) * 2000 + of) / (2 * of);
        u32::try_from(exact).unwrap_or(u32::MAX)
    }

    /// In per cent with one decimal: `23.8`.
    pub fn percent(self) -> String {
        let permille = self.permille();
        format!("{}.{}", permille / 10, permille % 10)
    }
}

impl DossierRules {
    /// The fields that are asked, in their order.
    pub fn asked(&self) -> impl Iterator<Item = (&str, &DossierField)> {
        let fields = self.fields.iter().filter(|(_, field)| field.on);
        fields.map(|(id, field)| (id.as_str(), field))
    }

    /// The field of a name, where it is asked.
    pub fn field(&self, id: &str) -> Option<&DossierField> {
        self.fields.get(id).filter(|field| field.on)
    }

    /// Whether whoever asks may see a part of a field.
    pub fn sees_part(&self, field: &str, part: &str, context: &Context) -> bool {
        let Some(field) = self.field(field) else {
            return false;
        };
        let part = field.part(part);
        part.is_some_and(|part| field.sees_part(&part, context))
    }

    /// What a field is called, with the developer's name in it.
    pub fn label(&self, field: &DossierField) -> Words {
        Words {
            zh: field.zh.replace("{developer}", &self.developer.zh),
            en: field.en.replace("{developer}", &self.developer.en),
        }
    }

    /// How much of a profile is filled; what is on the card counts there.
    pub fn share(&self, dossier: &Dossier, card: &CustomerDetails) -> Share {
        let counted = || self.asked().filter(|(_, field)| field.counted);
        let is_filled = |(id, field): &(&str, &DossierField)| {
            let on_card = |part: &DossierPart| part.card.is_some_and(|it| !it.of(card).is_empty());
            dossier.values.contains_key(*id) || field.parts().iter().any(on_card)
        };
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Share {
            filled: count(counted().filter(is_filled).count()),
            of: count(counted().count()),
        }
    }

    /// The tastes in a profile that whoever asks may see (A14-2.3): field and what stands in it.
    pub fn tastes(&self, dossier: &Dossier, context: &Context) -> Vec<(String, Entry)> {
        let tastes = self
            .asked()
            .filter(|(_, field)| field.taste && field.sees(context));
        let known =
            tastes.filter_map(|(id, _)| Some((id.to_owned(), dossier.values.get(id)?.clone())));
        known.collect()
    }

    /// Takes out of a profile what whoever asks may not see. That there is something stays, so that the
    /// share that is filled is the same for everybody. `listed` says that it goes into a list or an
    /// export, where some fields never stand (A14-F22).
    pub fn redact(&self, dossier: &mut Dossier, listed: bool, context: &Context) {
        for (id, entry) in &mut dossier.values {
            let field = self.field(id);
            let seen = field.filter(|it| it.sees(context) && (it.exported || !listed));
            let Some(field) = seen else {
                entry.rows.clear();
                continue;
            };
            for part in field.parts() {
                if !field.sees_part(&part, context) {
                    entry.rows.iter_mut().for_each(|row| {
                        row.remove(&part.id);
                    });
                }
            }
            // What is not asked any more is kept and not shown (A14-N3).
            let asked = field.parts();
            for row in &mut entry.rows {
                row.retain(|part, _| asked.iter().any(|it| it.id == *part));
            }
        }
        let closed = |key: &str| {
            let field = key.split(' ').next().unwrap_or_default();
            !self.sees_part(field, BORN, context)
        };
        dossier.greeted.retain(|it| !closed(&it.key));
    }
}

/// Takes everything out of a profile but that it is there: where the site asks for none any more.
pub fn close(dossier: &mut Dossier) {
    dossier
        .values
        .values_mut()
        .for_each(|entry| entry.rows.clear());
    dossier.greeted.clear();
}
