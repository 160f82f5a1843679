"""Tables of any ATS or CRM: what recruiters export as CSV or XLSX, or keep by hand."""
