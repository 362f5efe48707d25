"""What the server gives beside the page: files to download, pages as pictures, tools for assistants.

What is given away is looked up by a token or an id, which never become part of a path.
"""

from fastapi import FastAPI, Request, Response
from starlette.routing import Route

from ui.language import Language
from ui.mcp_server import OverHttp
from ui.page_download import Download
from ui.page_evaluation_handlers import DOWNLOAD
from ui.page_guard import TOOLS
from ui.page_history import CONVERSATION
from ui.page_parts import Parts
from ui.page_person import person
from ui.source_leaf import PICTURES


def add_routes(served: FastAPI, parts: Parts) -> None:
    """Have ``served`` answer for ``parts`` at these addresses."""

    def given(found: Download | None) -> Response:
        if found is None:
            return Response("There is nothing here.", status_code=404, media_type="text/plain")
        return Response(found.content, media_type=found.media, headers=found.headers)

    @served.get(f"/{DOWNLOAD}/{{token}}/{{name}}", response_model=None)
    def download(token: str, name: str) -> Response:
        return given(parts.evaluation.download(token, name))

    @served.get(f"/{CONVERSATION}/{{id}}/{{form}}", response_model=None)
    def conversation(id: str, form: str, request: Request) -> Response:
        language: Language = "en" if request.query_params.get("lang") == "en" else "zh"
        return given(parts.history.take(person(request.headers), id, form, language))

    @served.get(f"/{PICTURES}/{{id}}/{{number}}", response_model=None)
    def draw(id: str, number: int, width: int = 0) -> Response:
        found = parts.chat.sources.picture(id, number, width)
        if found is None:
            return Response("There is nothing here.", status_code=404, media_type="text/plain")
        return Response(found, media_type="image/png", headers={"cache-control": "private, max-age=600"})

    served.router.routes.append(Route(TOOLS, endpoint=OverHttp(parts.api)))
