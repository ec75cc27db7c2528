from pathlib import Path

import pytest

from backend.app import open_app
from backend.serve import open_serving
from engine.errors import LoopiError


def test_a_port_that_is_taken_is_told_and_the_link_is_not_printed(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("x")
    app = open_app({"LOOPI_HOME": str(tmp_path / "home")})
    serving = open_serving(app, tmp_path)
    with pytest.raises(LoopiError) as caught:
        open_serving(app, tmp_path, port=serving.port)
    assert caught.value.code == "serve.port"
    assert serving.link not in repr(serving)
    serving.stop()
    serving.run()
