"""The files that every site has: documents, values by KPI and by scope, the manifest."""
