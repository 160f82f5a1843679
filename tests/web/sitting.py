"""A sourcing session as a browser without JavaScript drives it."""

from typing import Any

from django.test import Client

from relance.method.outreach.models import Outreach, SourcingSession

TEXT = "Bonjour {prénom},\n\n[accroche] m’amène à vous. Je recrute un lead back-end. Dix minutes ?\n\nMaud"
INES = "Inès Aubrac, Solvane, https://www.linkedin.com/in/ines-aubrac, ines@aubrac.example, 06 39 98 12 34"


def body(response: Any) -> str:
    return str(response.content.decode())


def opened(desk: Client, way: str = "linkedin", text: str = TEXT, **more: Any) -> SourcingSession:
    response = desk.post("/session/ouvrir/", {"moyen": way, "texte": text, "objet": "", "pour": "", **more})
    assert response.status_code == 302, body(response)
    return SourcingSession.objects.get(ended_at=None)


def shown(desk: Client, session: SourcingSession, lines: str) -> str:
    return body(desk.post(f"/session/{session.pk}/lire/", {"lignes": lines}))


def added(desk: Client, session: SourcingSession, lines: str) -> Any:
    typed = {"lignes": lines, "lu": lines}
    return desk.post(f"/session/{session.pk}/ajouter/", typed, follow=True)


def entered(name: str) -> Outreach:
    return Outreach.objects.get(candidate__name=name)
