"""The views of the dashboard on the made-up events, for whatever goes through all pages."""

VIEWS = {
    "overview": "",
    "timeline": "?view=timeline",
    "map": "?view=map",
    "partners": "?view=map&partners=NOR",
    "places": "?view=map&layer=places",
    "countries": "?view=country",
    "country": "?view=country&country=NOR",
    "pair": "?view=pair&a=MLT&b=NOR",
    "compare": "?view=compare&compare=MLT,NOR,CHL",
    "people": "?view=people",
    "person": "?view=person&name=Jane+Example",
    "event": "?view=event&event=ev1",
    "documents": "?view=document",
    "document": "?view=document&document=letter.txt&event=ev1&passage=1",
    "network": "?view=network",
    "table": "?view=table",
    "search": "?view=search&find=nor",
    "method": "?view=method",
    "nothing": "?view=timeline&kinds=meeting&countries=PER",
}
