"""Tables as recruiters hold them, composed here: people, firms and addresses are invented."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import openpyxl


def day(year: int, month: int, on: int, hour: int = 0, minute: int = 0) -> datetime:
    """A date as a workbook holds it: without a zone."""
    return datetime(year, month, on, hour, minute)  # noqa: DTZ001


class Given(NamedTuple):
    """A table, what its columns are, and whom it is about: (name, kinds of their facts in order)."""

    name: str
    content: bytes
    columns: dict[str, str]
    people: dict[str, list[str]]
    asked: bool = True
    """Whether its columns are to be confirmed the first time."""


def delimited(rows: Sequence[Sequence[str]], sign: str = ",", end: str = "\r\n") -> str:
    def cell(text: str) -> str:
        quoted = any(each in text for each in (sign, '"', "\n"))
        return '"' + text.replace('"', '""') + '"' if quoted else text

    return end.join(sign.join(cell(each) for each in row) for row in rows) + end


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]]], epoch_1904: bool = False) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    if epoch_1904:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        book.epoch = CALENDAR_MAC_1904
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def french_ats() -> Given:
    """A French ATS through French Excel: cp1252, semicolons, a cell of two lines, a phone without its 0."""
    rows = [
        ["Civilité", "Nom", "Prénom", "Courriel", "Tél. portable", "Intitulé du poste", "Étape", "Date de candidature",
         "Dernière relance", "Prochaine relance", "TJM", "Commentaire"],
        ["Mme", "AUBRAC", "Inès", "Ines.Aubrac@exemple.example", "612345678", "Cheffe d’œuvre", "À relancer",
         "04/02/2026", "2/3/26", "", "450,50 €", "Très bien ; à revoir\nrappeler mardi"],
        ["M.", "TEMPLIER", "Hugo", "hugo@exemple.example", "06 22 33 44 55", "SRE", "Entretien",
         "13/02/2026", "", "", "", ""],
        ["M.", "SANSRIEN", "Paul", "", "", "", "Nouveau", "", "", "", "", ""],
        ["Mme", "AUBRAC", "Inès", "ines.aubrac@exemple.example", "", "", "", "", "", "20/03/2026", "1 200,00", ""],
    ]  # fmt: skip
    return Given(
        "export_candidats.csv",
        delimited(rows, ";").encode("cp1252"),
        {"Nom": "last_name", "Prénom": "first_name", "Courriel": "email", "Tél. portable": "phone",
         "Intitulé du poste": "position", "Étape": "status", "Date de candidature": "applied_on",
         "Dernière relance": "contact_on", "Prochaine relance": "next_on", "TJM": "note", "Commentaire": "note",
         "Civilité": "ignored"},
        {"Inès Aubrac": ["application_received", "message_sent"], "Hugo Templier": ["application_received"]},
    )  # fmt: skip


def marked_excel() -> Given:
    """Excel's "CSV UTF-8": a byte order mark, a `sep=` line, text that was encoded twice on its way."""
    rows = [
        ["Nom", "E-mail", "Société", "État", "Dernier contact", "Dernière réponse"],
        ["Zoé Brandt", "zoe@exemple.example", "CafÃ© NoirÃ¢tre", "Bretagne", "25/02/2026 14:05", ""],
        ["Bérengère Oléron", "berengere@exemple.example", "Ormel", "Occitanie", "16/02/2026", "18/02/2026"],
    ]
    return Given(
        "contacts.csv",
        b"\xef\xbb\xbf" + ("sep=;\r\n" + delimited(rows, ";")).encode(),
        {"Nom": "full_name", "E-mail": "email", "Société": "company", "État": "location",
         "Dernier contact": "contact_on", "Dernière réponse": "reply_on"},
        {"Zoé Brandt": ["message_sent"], "Bérengère Oléron": ["message_sent", "reply"]},
    )  # fmt: skip


def unicode_text() -> Given:
    """Excel's "Unicode text": UTF-16 and tabs."""
    rows = [
        ["Nom complet", "Téléphone", "Profil LinkedIn", "Contacté le", "Statut", "Date de refus"],
        ["M. Léo Quérec", "+33 6 11 22 33 44", "https://www.linkedin.com/in/leo-querec-exemple/", "1 mars 2026",
         "Refusé par le candidat", "4 mars 2026"],
        ["Aïda Nœuvic", "0611223355", "", "2026-02-27", "Sans réponse", ""],
    ]  # fmt: skip
    return Given(
        "relances.txt",
        delimited(rows, "\t").encode("utf-16"),
        {"Nom complet": "full_name", "Téléphone": "phone", "Profil LinkedIn": "linkedin", "Contacté le": "contact_on",
         "Statut": "status", "Date de refus": "status_on"},
        {"Léo Quérec": ["message_sent", "reply"], "Aïda Nœuvic": ["message_sent"]},
    )  # fmt: skip


def essential_report() -> Given:
    """As Greenhouse mails it: titles above the header, real and written dates, a second sheet, a hidden row."""
    book = openpyxl.load_workbook(
        io.BytesIO(
            workbook(
                ("Candidates", [
                    ["Essential candidate report"], ["Generated on", day(2026, 3, 9, 8, 0)], [],
                    ["Candidate Name", "Candidate Email", "Candidate ID", "Job", "Stage", "Application Date",
                     "Last Activity", "Source", "Rejection Reason", "Rejection Date"],
                    ["Marlow Penhoët", "marlow@example.example", 41, "Data engineer", "Application Review",
                     day(2026, 2, 20), day(2026, 3, 2, 15, 30), "Applied through website", None, None],
                    ["Idris Valcourt", "idris@example.example", 42, "SRE", "Rejected", "2026-01-30", "02/25/2026",
                     "Referral", "Withdrew from process", day(2026, 2, 26)],
                    ["Nora Hidden", "nora@example.example", 43, "SRE", "Application Review", day(2026, 3, 1), None,
                     None, None, None],
                ]),
                ("Legend", [["Stage", "Meaning"], ["Application Review", "to be read"]]),
            )
        )
    )  # fmt: skip
    book["Candidates"].row_dimensions[7].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return Given(
        "essential_report.xlsx",
        stream.getvalue(),
        {"Candidate Name": "full_name", "Candidate Email": "email", "Job": "note", "Stage": "status",
         "Application Date": "applied_on", "Last Activity": "contact_on", "Source": "source",
         "Rejection Reason": "status", "Rejection Date": "status_on", "Candidate ID": "number"},
        {"Marlow Penhoët": ["application_received", "message_sent"],
         "Idris Valcourt": ["application_received", "message_sent", "reply"],
         "Nora Hidden": ["application_received"]},
    )  # fmt: skip


def lever() -> Given:
    rows = [
        ["Full-Name", "Email", "Date-Added", "Stage", "Archive-Reason", "Archive-Date", "Sources", "Origin", "Links"],
        ["Tess Landevant", "tess@example.example, tess@other.example", "2026-02-24", "New applicant", "", "",
         "Job board, Website", "Applied", "https://www.linkedin.com/in/tess-landevant-exemple"],
        ["Olaf Brigneau", "olaf@example.example", "2026-01-12", "Reached out", "Candidate declined", "2026-02-02", "",
         "Sourced", ""],
    ]  # fmt: skip
    return Given(
        "lever.csv",
        delimited(rows).encode(),
        {"Full-Name": "full_name", "Email": "email", "Date-Added": "created_on", "Stage": "status",
         "Archive-Reason": "status", "Archive-Date": "status_on", "Sources": "note", "Origin": "source",
         "Links": "linkedin"},
        {"Tess Landevant": ["application_received"], "Olaf Brigneau": ["reply"]},
        asked=False,
    )  # fmt: skip


def boondmanager() -> Given:
    rows = [
        ["Civilité", "Nom", "Prénom", "Titre", "Email 1", "Téléphone 1", "Etat", "Date de création", "Dernière action",
         "Type d'action", "Provenance", "Notes"],
        ["Monsieur", "Kerdreux", "Yvan", "Consultant Java", "yvan@exemple.example", "02 98 00 00 00", "Vivier",
         "03/01/2026", "24/02/2026", "Email", "CVthèque", "Ligne 1\nLigne 2 ; « citée »"],
        ["Madame", "Ploumanac'h", "Sarah", "Consultante data", "sarah@exemple.example", "06.98.00.00.01",
         "Ne plus contacter", "03/01/2026", "20/02/2026", "Appel", "", ""],
    ]  # fmt: skip
    return Given(
        "boond.csv",
        delimited(rows, ";", "\n").encode(),
        {"Nom": "last_name", "Prénom": "first_name", "Titre": "position", "Email 1": "email", "Téléphone 1": "phone",
         "Etat": "status", "Date de création": "created_on", "Dernière action": "contact_on",
         "Type d'action": "channel", "Provenance": "source", "Notes": "note"},
        {"Yvan Kerdreux": ["message_sent"], "Sarah Ploumanac'h": ["opt_out"]},
    )  # fmt: skip


def recruitee() -> Given:
    rows = [
        ["Name", "Emails", "Phones", "Job", "Stage", "Created at", "Applied", "Disqualify reason", "Tags", "Source"],
        ["Wanda Trévignon", "wanda@example.example", "+31 6 12345678", "Product designer", "Applied",
         "2026-02-25 09:12:00", "2026-02-25 09:12:00", "", "figma", "Career site"],
    ]  # fmt: skip
    return Given(
        "recruitee.csv",
        delimited(rows).encode(),
        {"Name": "full_name", "Emails": "email", "Phones": "phone", "Job": "note", "Stage": "status",
         "Created at": "created_on", "Applied": "applied_on", "Tags": "note", "Source": "source"},
        {"Wanda Trévignon": ["application_received"]},
    )  # fmt: skip


def lemlist() -> Given:
    rows = [
        ["email", "firstName", "lastName", "companyName", "linkedinUrl", "jobTitle", "lastContactedDate",
         "lastRepliedDate",
         "leadStatus", "unsubscribed"],
        ["gaspard@example.example", "Gaspard", "Quelven", "Brumelle", "linkedin.com/in/gaspard-quelven-exemple",
         "CTO", "2026-03-03T09:30:00.000Z", "2026-03-04T10:00:00.000Z", "Interested", "false"],
        ["lise@example.example", "Lise", "Kermorvan", "Ormel", "", "Dev", "2026-03-01T09:30:00.000Z", "", "contacted",
         "TRUE"],
    ]  # fmt: skip
    return Given(
        "campaign.csv",
        delimited(rows, ",", "\n").encode(),
        {"email": "email", "firstName": "first_name", "lastName": "last_name", "companyName": "company",
         "linkedinUrl": "linkedin", "jobTitle": "position", "lastContactedDate": "contact_on",
         "lastRepliedDate": "reply_on", "leadStatus": "status", "unsubscribed": "opt_out"},
        {"Gaspard Quelven": ["message_sent", "reply"], "Lise Kermorvan": ["message_sent", "opt_out"]},
    )  # fmt: skip


def by_hand() -> Given:
    """A recruiter's own workbook: a title, emptied lines, dates typed in every way, follow-ups side by side."""
    rows: list[list[Any]] = [
        ["SOURCING PYTHON"], [],
        ["Qui", "Candidat", "Tel", "Mail", "1er message", "Relance 1", "Relance 2", "Réponse", "Remarques"],
        ["MK", "RIANTEC Maël", 611223344, "mael@exemple.example", day(2026, 2, 20), "25/02/26", "3 mars",
         None, "parle vite"],
        ["MK", "Ewen Carnoët", "06 11 22 33 45", None, "20/02/2026", None, None, "pas intéressé", None],
        [], ["MK", None, None, "pas une adresse", None, None, None, None, None],
    ]  # fmt: skip
    return Given(
        "mes relances.xlsx",
        workbook(("Février", rows), ("Vide", []), epoch_1904=True),
        {"Candidat": "full_name", "Tel": "phone", "Mail": "email", "1er message": "contact_on",
         "Relance 1": "contact_on", "Relance 2": "note", "Réponse": "status", "Remarques": "note", "Qui": "ignored"},
        {"Maël Riantec": ["message_sent", "message_sent"], "Ewen Carnoët": ["message_sent", "reply"]},
    )  # fmt: skip


GEM_LOG = [
    "timestamp", "user_name", "user_email", "candidate_id", "candidate_greenhouse_id", "candidate_first_name",
    "candidate_last_name", "candidate_email", "event_type", "event_subtype", "event_metadata",
]  # fmt: skip


def gem_log() -> bytes:
    """Gem's log: somebody without a mail address, somebody with one, and nobody."""

    def row(at: str, number: str, first: str, last: str, mail: str, *event: str) -> list[str]:
        return [at, "Maud Keravel", "maud@ormel.example", number, "", first, last, mail, *event]

    rows = [
        GEM_LOG,
        row("1772442000", "7a", "Zia", "Corvellec", "", "First Outreach", "Inmail", ""),
        row("1772701200", "7a", "Zia", "Corvellec", "", "Follow-up", "", ""),
        row("1772442000", "8", "Marc", "Odemer", "marc@exemple.example", "First Outreach", "", ""),
        row("1772787600", "8", "Marc", "Odemer", "", "Reply", "", "Interested"),
        row("1772442000", "9", "Ada", "Quellec", "", "First Outreach", "", ""),
        row("1772442000", "10", "", "", "", "First Outreach", "", ""),
    ]
    return delimited(rows, ",", "\n").encode()


def gem_people() -> bytes:
    """Gem's file of the same people: known by their profiles alone."""
    rows = [
        ["candidate_id", "candidate_first_name", "candidate_last_name", "candidate_linkedin_url", "candidate_title",
         "candidate_company", "candidate_location"],
        ["7a", "Zia", "Corvellec", "https://www.linkedin.com/in/zia-corvellec-exemple", "SRE", "Ormel", "Brest"],
        ["8", "Marc", "Odemer", "https://www.linkedin.com/in/marc-odemer-exemple", "Data engineer", "Ormel", ""],
        ["9", "Ada", "Quellec", "https://www.linkedin.com/in/ada-quellec-exemple", "", "", ""],
    ]  # fmt: skip
    return delimited(rows, ",", "\n").encode()


def talent_hub_people(*people: tuple[str, str, str, str]) -> bytes:
    """LinkedIn Talent Hub's people: number, first and last name, mail."""
    rows = [
        ["candidate_id", "project_id", "first_name", "last_name", "emails", "phone_numbers", "tags", "profile_url",
         "sourcing_channels", "hiring_state_id", "created_time", "created_datetime"],
        *([number, "p1", first, last, mail, "", "", "", "import", "s2", "1772442000000", "2026-03-02 09:00:00"]
          for number, first, last, mail in people),
    ]  # fmt: skip
    return delimited(rows).encode()


def gem() -> Given:
    rows = [
        GEM_LOG,
        ["1772442000", "Maud Keravel", "maud@ormel.example", "7", "", "Perrine", "Locmaria", "perrine@example.example",
         "First Outreach", "Inmail", ""],
        ["1772787600", "Maud Keravel", "maud@ormel.example", "7", "", "Perrine", "Locmaria", "perrine@example.example",
         "Follow-up", "", ""],
        ["1772874000", "Maud Keravel", "maud@ormel.example", "7", "", "Perrine", "Locmaria", "perrine@example.example",
         "Reply", "", "Not Interested"],
        ["1772874000", "Maud Keravel", "maud@ormel.example", "8", "", "Sans", "Adresse", "", "First Outreach", "", ""],
        ["1772874000", "Maud Keravel", "maud@ormel.example", "9", "", "Autre", "Chose", "autre@example.example",
         "Opened", "", ""],
    ]  # fmt: skip
    return Given(
        "event_log.csv",
        delimited(rows, ",", "\n").encode(),
        {"timestamp": "event_at", "candidate_email": "email", "event_type": "event_type",
         "event_subtype": "event_subtype", "event_metadata": "event_tone", "user_email": "ignored",
         "candidate_id": "number"},
        {"Perrine Locmaria": ["message_sent", "message_sent", "reply"], "Sans Adresse": ["message_sent"]},
        asked=False,
    )  # fmt: skip


PHANTOM = (
    "profileUrl,fullName,firstName,lastName,companyName,title,companyId,companyUrl,regularCompanyUrl,summary,"
    "titleDescription,industry,companyLocation,location,durationInRole,durationInCompany,pastExperienceCompanyName,"
    "pastExperienceCompanyUrl,pastExperienceCompanyTitle,pastExperienceDate,pastExperienceDuration,connectionDegree,"
    "profileImageUrl,sharedConnectionsCount,name,vmid,linkedInProfileUrl,isPremium,isOpenLink,query,timestamp,"
    "defaultProfileUrl"
)


def phantombuster() -> Given:
    told = {
        "profileUrl": "https://www.linkedin.com/sales/lead/ACwAAAExemple007,NAME_SEARCH,abcd",
        "fullName": "Solenn Trégastel", "firstName": "Solenn", "lastName": "Trégastel", "companyName": "Contoso",
        "title": "Ingénieure", "companyLocation": "Berlin", "location": "Nantes", "vmid": "ACwAAAExemple007",
        "linkedInProfileUrl": "https://www.linkedin.com/in/ACwAAAExemple007/",
        "defaultProfileUrl": "https://www.linkedin.com/in/solenn-tregastel-exemple/",
        "timestamp": "2026-03-01T10:00:00.000Z",
    }  # fmt: skip
    heads = PHANTOM.split(",")
    return Given(
        "result.csv",
        delimited([heads, [told.get(each, "") for each in heads]], ",", "\n").encode(),
        {"fullName": "full_name", "defaultProfileUrl": "linkedin", "title": "position", "companyName": "company",
         "location": "location", "companyLocation": "ignored", "timestamp": "ignored"},
        {"Solenn Trégastel": []},
        asked=False,
    )  # fmt: skip


def talent_hub() -> Given:
    """The zip of Talent Hub, its table beside another."""
    rows = [
        ["candidate_id", "project_id", "first_name", "last_name", "emails", "phone_numbers", "tags", "profile_url",
         "sourcing_channels", "hiring_state_id", "created_time", "created_datetime", "last_modified_time"],
        ["c1", "p1", "Ambre", "Concarneau", "ambre@example.example;a@other.example", "+33600000000", "python;data",
         "https://www.linkedin.com/in/ambre-concarneau-exemple", "import", "s2", "1772442000000",
         "2026-03-02 09:00:00", "1772442000000"],
    ]  # fmt: skip
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr("export/Candidates.csv", delimited(rows))
        book.writestr("export/Projects.csv", "project_id,name\np1,Python à Lyon\n")
    return Given(
        "export.zip",
        stream.getvalue(),
        {"emails": "email", "phone_numbers": "phone", "profile_url": "linkedin", "tags": "note",
         "hiring_state_id": "ignored"},
        {"Ambre Concarneau": []},
        asked=False,
    )  # fmt: skip


ALL = (
    french_ats, marked_excel, unicode_text, essential_report, lever, boondmanager, recruitee, lemlist, by_hand, gem,
    phantombuster, talent_hub,
)  # fmt: skip
