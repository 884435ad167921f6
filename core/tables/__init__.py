"""Tables that people have: rows of CSV, TSV and XLSX files, and the students in them."""
