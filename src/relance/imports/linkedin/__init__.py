"""LinkedIn's own data export, in all the forms it has had since 2018."""
