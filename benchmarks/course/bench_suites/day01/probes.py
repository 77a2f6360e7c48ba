"""Nothing runs beside student code here."""
