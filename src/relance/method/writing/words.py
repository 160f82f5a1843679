"""The words of writing, as codes."""

from enum import StrEnum


class Language(StrEnum):
    FR = "fr"
    EN = "en"


class Address(StrEnum):
    """How a French text speaks to its reader; English has no such choice."""

    VOUS = "vous"
    TU = "tu"


class Purpose(StrEnum):
    """What a text is for. Where the engine has a code for it, the value is that code's."""

    FIRST_ACTION = "first_action"
    DOUBLE_CALL = "double_call"
    FOLLOW_UP = "follow_up"
    WENT_QUIET = "went_quiet"
    YOUR_TURN = "your_turn"
    INVITATION_NOTE = "invitation_note"
    REFUSAL = "refusal"
