"""Who is at the desk: organisations, members, sign-in links."""
