"""A minimal IMAP server whose one folder holds as many messages as one likes: each is written when it is fetched.

It speaks CAPABILITY, LOGIN, LIST, STATUS, EXAMINE, UID SEARCH (a range of uids, or nothing found), UID FETCH and
LOGOUT: what reading a mailbox takes. Run: python -m benchmarks.imap_server MESSAGES; it prints its port.
"""

import re
import socketserver
import sys

LINE = b"Une phrase de plus, comme il en passe dans le courrier de tous les jours, ni courte ni longue.\r\n"
ANSWERS = 50
"""One message in so many is an answer of somebody known (`personne-0`, `personne-1`, ...)."""


def message(uid: int) -> bytes:
    """The message of a uid: an answer, a newsletter or a stranger's letter, of 1 to 40 kB."""
    if uid % ANSWERS == 0:
        sender, extra = f"personne-{uid // ANSWERS}@exemple.example", ""
    elif uid % 3 == 0:
        sender, extra = f"lettre-{uid % 97}@brume.example", "List-Id: <lettre.brume.example>\r\n"
    else:
        sender, extra = f"inconnu-{uid}@ailleurs.example", ""
    head = (
        f"From: {sender}\r\nTo: maud@ormel.example\r\nSubject: Message {uid}\r\n"
        f"Message-ID: <m{uid}@{uid % 97}.example>\r\n"
        f"Date: Tue, 10 Mar 2026 09:{uid % 60:02}:00 +0100\r\n{extra}MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    )
    return head.encode() + LINE * (5 + uid * 7919 % 400 if uid % 10 == 0 else 12)


class Talk(socketserver.StreamRequestHandler):
    messages = 0

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, _, rest = line.strip().partition(b" ")
            self.answer(rest)
            self.wfile.write(tag + b" OK done\r\n")
            self.wfile.flush()
            if rest.upper().startswith(b"LOGOUT"):
                return

    def answer(self, said: bytes) -> None:
        words = said.upper().split()
        say = self.wfile.write
        if words[0] == b"CAPABILITY":
            say(b"* CAPABILITY IMAP4rev1\r\n")
        elif words[0] == b"LIST":
            say(b'* LIST (\\HasNoChildren) "/" "INBOX"\r\n')
        elif words[0] == b"STATUS":
            say(b'* STATUS "INBOX" (UIDVALIDITY 1 UIDNEXT %d)\r\n' % (self.messages + 1))
        elif words[0] == b"EXAMINE":
            say(b"* %d EXISTS\r\n* OK [UIDVALIDITY 1] valid\r\n" % self.messages)
        elif words[:2] == [b"UID", b"SEARCH"]:
            found = re.search(rb"UID (\d+):", said[10:].upper())
            first = min(int(found.group(1)), self.messages) if found else self.messages + 1
            say(b"* SEARCH %s\r\n" % b" ".join(b"%d" % uid for uid in range(first, self.messages + 1)))
        elif words[:2] == [b"UID", b"FETCH"]:
            for uid in map(int, words[2].split(b",")):
                raw = message(uid)
                say(
                    b'* %d FETCH (UID %d INTERNALDATE "10-Mar-2026 09:30:00 +0100" BODY[]<0> {%d}\r\n%s)\r\n'
                    % (uid, uid, len(raw), raw)
                )


class Listening(socketserver.ThreadingTCPServer):
    daemon_threads = True


def main(messages: int) -> None:
    Talk.messages = messages
    with Listening(("127.0.0.1", 0), Talk) as listening:
        print(listening.server_address[1], flush=True)
        listening.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
