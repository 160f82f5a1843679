"""What a column of a table may be, and the headers by which it is guessed."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum


class Field(StrEnum):
    """What a column holds, for Relance."""

    FULL_NAME = "full_name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    LINKEDIN = "linkedin"
    NUMBER = "number"
    POSITION = "position"
    COMPANY = "company"
    LOCATION = "location"
    CONTACT_ON = "contact_on"
    REPLY_ON = "reply_on"
    APPLIED_ON = "applied_on"
    CREATED_ON = "created_on"
    NEXT_ON = "next_on"
    STATUS = "status"
    STATUS_ON = "status_on"
    CHANNEL = "channel"
    SOURCE = "source"
    OPT_OUT = "opt_out"
    NOTE = "note"
    EVENT_AT = "event_at"
    EVENT_TYPE = "event_type"
    EVENT_SUBTYPE = "event_subtype"
    EVENT_TONE = "event_tone"
    IGNORED = "ignored"


DATES = frozenset({
    Field.CONTACT_ON, Field.REPLY_ON, Field.APPLIED_ON, Field.CREATED_ON, Field.NEXT_ON, Field.STATUS_ON,
    Field.EVENT_AT,
})  # fmt: skip
SEVERAL = frozenset({
    Field.EMAIL, Field.PHONE, Field.LINKEDIN, Field.CONTACT_ON, Field.STATUS, Field.NOTE, Field.IGNORED,
})  # fmt: skip
"""Fields that more than one column may hold; any other belongs to the first column that names it."""

OF_AN_EVENT = frozenset({Field.EVENT_AT, Field.EVENT_TYPE, Field.EVENT_SUBTYPE, Field.EVENT_TONE})

_ALIASES: Mapping[Field, str] = {
    Field.FULL_NAME: "nom, nom complet, nom prenom, prenom nom, nom et prenom, prenom et nom, nom du candidat,"
    " nom candidat, candidat, candidate, candidate name, full name, name, contact, contact name, personne,"
    " nom du contact, applicant, applicant name, profil candidat, consultant, ressource",
    Field.FIRST_NAME: "prenom, first name, given name, firstname, candidate first name, prenom du candidat,"
    " contact first name, applicant first name",
    Field.LAST_NAME: "nom de famille, last name, surname, family name, lastname, candidate last name,"
    " nom usuel, nom de naissance, contact last name, applicant last name",
    Field.EMAIL: "e mail, email, mail, courriel, adresse e mail, adresse mail, adresse email, email address,"
    " adresse courriel, adresse electronique, mel, email personnel, e mail perso, mail pro, email pro,"
    " candidate email, emails, primary email, personal email, work email, lead email",
    Field.PHONE: "telephone, tel, portable, mobile, numero de telephone, n de telephone, telephone portable,"
    " telephone mobile, gsm, tel portable, tel mobile, phone, phone number, phone numbers, phones, mobile phone,"
    " cell, cell phone, primary phone, telephones, numero, whatsapp",
    Field.LINKEDIN: "linkedin, linkedin url, url linkedin, profil linkedin, lien linkedin, linkedin profile,"
    " linkedin profile url, profile url, linkedinurl, public profile url, candidate linkedin url, url du profil,"
    " profil, lien du profil, reseau social, social media, linkedin profile link",
    Field.NUMBER: "candidate id, identifiant candidat, identifiant du candidat, id candidat, id du candidat,"
    " candidat id, numero candidat, numero de candidat, numero du candidat, candidate number, applicant id,"
    " person id, contact id, id contact, id personne, id, identifiant",
    Field.POSITION: "poste, fonction, intitule, intitule du poste, titre, metier, poste actuel, job title, title,"
    " current title, position, current position, headline, role, profil recherche, job position, titre actuel,"
    " intitule de poste, competence principale, accroche, current job title",
    Field.COMPANY: "entreprise, societe, employeur, client, entreprise actuelle, company, current company,"
    " employer, company name, organisation, organization, societe actuelle, current employer, companyname,"
    " employeur actuel, esn",
    Field.LOCATION: "ville, lieu, localisation, region, adresse, location, city, pays, code postal, departement,"
    " localite, country, candidate location, mobilite, zone geographique",
    Field.CONTACT_ON: "dernier contact, derniere relance, derniere action, date de relance, date relance,"
    " date de contact, date contact, contacte le, contactee le, date du dernier contact, date dernier contact,"
    " date de derniere relance, date derniere relance, date derniere action, date de derniere action, relance,"
    " relance le, relancee le, premier contact, 1er contact, date premier contact, date du premier contact,"
    " date de premier contact, relance 1, relance 2, relance 3, 1ere relance, 2eme relance, 2e relance,"
    " 3e relance, 1re relance, premiere relance, deuxieme relance, message envoye le, date d envoi, envoye le,"
    " date envoi, date du message, date 1er message, 1er message, premier message, message 1,"
    " message 2, 1st message, 2nd message, premiere approche, approche, relance envoyee le, last contact,"
    " last contacted, last contact date,"
    " last contacted at, last contacted on, first contact, first contacted, contacted on, contacted at,"
    " last outreach, last activity, last activity date, last touch, last message sent, last email sent,"
    " last emailed, date contacted, outreach date, follow up 1, follow up 2, followed up on, sent at,"
    " last interaction, last contacted date, contacted date, email sent at, derniere interaction,"
    " derniere activite, date d approche, approche le, inmail envoye le, sms envoye le, last sent at",
    Field.REPLY_ON: "last replied date, replied date, last reply at,"
    " derniere reponse, date de reponse, date reponse, date de derniere reponse, repondu le,"
    " a repondu le, reponse le, reponse, date derniere reponse, last reply, last reply date, replied at,"
    " replied on, reply date, last replied, response date, last response, answered on, reply, date replied,"
    " last response date, email replied at, retour candidat, retour",
    Field.APPLIED_ON: "date de candidature, date candidature, candidature le, candidature recue le, postule le,"
    " date de postulation, application date, applied on, applied at, date applied, applied date, applied,"
    " date de reception de la candidature, application submitted, date d application, recue le",
    Field.CREATED_ON: "date de creation, cree le, date creation, date d ajout, ajoute le, date ajout, created,"
    " created at, created on, date added, added on, added at, creation date, date created, date d entree,"
    " date de sourcing, source le",
    Field.NEXT_ON: "prochaine relance, prochaine action, a relancer le, relancer le, date de prochaine action,"
    " date prochaine action, date de rappel, rappel, rappeler le, a rappeler le, prochain contact,"
    " date prochaine relance, date de prochaine relance, next action, next action date, next follow up,"
    " next step date, follow up date, follow up on, reminder, reminder date, next contact, due date, echeance,"
    " next contact date, follow up",
    Field.STATUS: "etape, statut, etat, avancement, stage, status, pipeline stage, current stage, phase,"
    " candidate status, application status, statut candidat, statut de la candidature, etape du processus,"
    " disposition, pipeline, resultat, etat du candidat, archive reason, rejection reason, motif,"
    " motif de refus, motif du refus, hiring stage, state, lead status, etape actuelle, suivi, decision,"
    " contact status, job stage, reply status, outcome, kanban",
    Field.STATUS_ON: "date de statut, date statut, date du statut, date de refus, date du refus, date refus,"
    " archive date, archived at, rejection date, rejected on, rejected at, status date, stage date,"
    " date de changement d etape, date d etape, closed on, date archived, last stage change",
    Field.CHANNEL: "canal, moyen, moyen de contact, canal de contact, type de contact, channel, contact channel,"
    " contact type, mode de contact, outreach channel, via, type d action, derniere action type",
    Field.SOURCE: "origine, source, provenance, sources, origin, candidate source, cvtheque, jobboard,"
    " source candidat, origine candidature, source de la candidature, type de candidature",
    Field.OPT_OUT: "ne plus contacter, ne pas contacter, opt out, optout, do not contact, unsubscribed,"
    " desinscrit, opposition, blacklist, blackliste, liste noire, do not email, opted out",
    Field.NOTE: "commentaire, commentaires, remarque, remarques, note, notes, observation, observations, comment,"
    " comments, feedback, tjm, pretentions, pretentions salariales, salaire, remuneration, salary, expected salary,"
    " daily rate, tags, tag, etiquettes, mots cles, competences, skills, besoin, offre, mission, job, jobs, job name,"
    " requisition, poste a pourvoir, offre d emploi, projet, disponibilite, dispo, preavis, availability,"
    " notice period, annonce, opportunite, technos, techno, langages, active project, list, campagne, campaign,"
    " campaign name, salaire souhaite, pretention, tjm souhaite, stack, message, reponse recue, next step,"
    " action suivante, historique, avis, compte rendu, description, job applied to, positions",
    Field.IGNORED: "civilite, titre civilite, genre, sexe, reference, ref, age, date de naissance,"
    " nationalite, gender, birth date, owner, recruteur, charge de recrutement, suivi par, responsable, manager,"
    " recruiter, proprietaire, cv, photo, resume, cover letter, salutation, user, user name, user email, number, n,"
    " nb relances, nombre de relances, note visibility, coordinator, referrer, statut de l e mail, email status,"
    " email opened, opened at, date de modification, modifie le, updated at, last updated, modified",
}


def squeezed(header: str) -> str:
    """A header as it is compared: no accents, case, punctuation, spaces, remark in brackets or last number."""
    bare = re.sub(r"[(\[{].*?[)\]}]", " ", header)
    folded = _folded(bare) or _folded(header)
    return folded if folded in FIELDS else (re.sub(r"\d+$", "", folded) or folded)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return re.sub(r"[^a-z0-9]+", "", plain)


FIELDS: Mapping[str, Field] = {
    _folded(alias): field for field, aliases in _ALIASES.items() for alias in aliases.split(",")
}

_OF_FRENCH_TABLES = (
    "nom, prenom, civilite, courriel, telephone, portable, poste, fonction, intitule, entreprise, societe, employeur,"
    " etape, statut, etat, commentaire, remarque, ville, lieu, dernier contact, derniere relance, reponse, origine,"
    " date de candidature, date de creation, relance, prochaine action, prochaine relance, candidat"
)
FRENCH = frozenset(_folded(each) for each in _OF_FRENCH_TABLES.split(","))
"""Headers that only a table written in French has: its dates have their day first."""
