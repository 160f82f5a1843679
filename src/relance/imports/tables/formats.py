"""Tables whose columns are known exactly: they are read without a question (facts of their makers' pages)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from relance.imports.tables.fields import Field, squeezed


class Format(NamedTuple):
    """One tool's export: the headers that tell it, and what its columns hold; any other is left aside.

    `numbers` names the tool whose own numbers for people it bears, alike in all the exports of that tool.
    """

    name: str
    told_by: frozenset[str]
    columns: Mapping[str, Field]
    numbers: str = ""


def _format(name: str, told_by: str, columns: Mapping[Field, str], numbers: str = "") -> Format:
    fields = {squeezed(each): field for field, headers in columns.items() for each in headers.split(",")}
    return Format(name, frozenset(squeezed(each) for each in told_by.split(",")), fields, numbers)


FORMATS = (
    _format(
        "Gem (event log)",
        "timestamp,candidate_id,event_type,event_subtype,event_metadata",
        {
            Field.FIRST_NAME: "candidate_first_name",
            Field.LAST_NAME: "candidate_last_name",
            Field.EMAIL: "candidate_email",
            Field.LINKEDIN: "candidate_linkedin_url",
            Field.EVENT_AT: "timestamp",
            Field.EVENT_TYPE: "event_type",
            Field.EVENT_SUBTYPE: "event_subtype",
            Field.EVENT_TONE: "event_metadata",
            Field.NUMBER: "candidate_id",
        },
        numbers="gem",
    ),
    _format(
        "Gem (candidate info)",
        "candidate_id,candidate_first_name,candidate_last_name,candidate_linkedin_url",
        {
            Field.FIRST_NAME: "candidate_first_name",
            Field.LAST_NAME: "candidate_last_name",
            Field.EMAIL: "candidate_email,candidate_emails",
            Field.PHONE: "candidate_phone,candidate_phone_number",
            Field.LINKEDIN: "candidate_linkedin_url",
            Field.POSITION: "candidate_title",
            Field.COMPANY: "candidate_company",
            Field.LOCATION: "candidate_location",
            Field.NUMBER: "candidate_id",
        },
        numbers="gem",
    ),
    _format(
        "PhantomBuster (Sales Navigator)",
        "profileUrl,vmid,linkedInProfileUrl,defaultProfileUrl",
        {
            Field.FULL_NAME: "fullName",
            Field.FIRST_NAME: "firstName",
            Field.LAST_NAME: "lastName",
            Field.LINKEDIN: "defaultProfileUrl,linkedInProfileUrl,profileUrl",
            Field.POSITION: "title",
            Field.COMPANY: "companyName",
            Field.LOCATION: "location",
        },
    ),
    _format(
        "LinkedIn Recruiter (import)",
        "First name,Last name,Pipeline stage,Note visibility",
        {
            Field.FIRST_NAME: "First name",
            Field.LAST_NAME: "Last name",
            Field.EMAIL: "Email",
            Field.PHONE: "Phone number",
            Field.POSITION: "Job title",
            Field.COMPANY: "Company",
            Field.LOCATION: "Location",
            Field.STATUS: "Pipeline stage",
            Field.NOTE: "Note,Tags",
        },
    ),
    _format(
        "LinkedIn Recruiter (project)",
        "First Name,Last Name,Current Title,Current Company,Profile URL,Active Project",
        {
            Field.FIRST_NAME: "First Name",
            Field.LAST_NAME: "Last Name",
            Field.EMAIL: "Email Address",
            Field.PHONE: "Phone Number",
            Field.LINKEDIN: "Profile URL",
            Field.POSITION: "Current Title",
            Field.COMPANY: "Current Company",
            Field.LOCATION: "Location",
            Field.NOTE: "Active Project,Notes,Feedback",
        },
    ),
    _format(
        "LinkedIn Talent Hub",
        "candidate_id,profile_url,hiring_state_id,created_datetime",
        {
            Field.FIRST_NAME: "first_name",
            Field.LAST_NAME: "last_name",
            Field.EMAIL: "emails",
            Field.PHONE: "phone_numbers",
            Field.LINKEDIN: "profile_url",
            Field.SOURCE: "sourcing_channels",
            Field.CREATED_ON: "created_datetime",
            Field.NOTE: "tags",
            Field.NUMBER: "candidate_id",
        },
        numbers="talent_hub",
    ),
    _format(
        "Lever",
        "Full-Name,Date-Added,Stage,Archive-Reason,Origin",
        {
            Field.FULL_NAME: "Full-Name",
            Field.EMAIL: "Email",
            Field.PHONE: "Phone",
            Field.LINKEDIN: "Links",
            Field.POSITION: "Headline",
            Field.COMPANY: "Company",
            Field.LOCATION: "Location",
            Field.CREATED_ON: "Date-Added",
            Field.STATUS: "Stage,Archive-Reason",
            Field.STATUS_ON: "Archive-Date",
            Field.SOURCE: "Origin",
            Field.NOTE: "Sources,Tags",
        },
    ),
)


def format_of(labels: Sequence[str]) -> Format | None:
    """The tool whose header this is, None for any other."""
    found = {squeezed(each) for each in labels}
    return next((each for each in FORMATS if each.told_by <= found), None)


def numbers_of(name: str) -> str:
    """Whose numbers the tables of that format bear; empty for a tool that is not known."""
    return next((each.numbers for each in FORMATS if each.name == name), "")
