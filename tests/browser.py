"""A real Chromium that can reach this machine only and reports every address it asked for."""

import json
import os
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
DRIVER = ("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver")
LOCAL = {"127.0.0.1", "localhost", "::1", ""}
INSIDE = {"data", "blob", "about", "chrome", "chrome-untrusted", "devtools", "chrome-extension"}


def installed(candidates: tuple[str, ...]) -> str | None:
    named = shutil.which(Path(candidates[0]).name)
    return next((path for path in (*candidates, named) if path and Path(path).exists()), None)


def open_browser(profile: Path, *, width: int = 1280, height: int = 860, language: str = "zh-CN") -> Any:
    """A headless browser with a new profile; skips the test where there is none."""
    chromium, driver = installed(CHROMIUM), installed(DRIVER)
    if not chromium or not driver:
        pytest.skip("no Chromium with its chromedriver on this machine")
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    # Selenium's manager would look for a driver on the network; the paths are given, and this keeps it quiet for sure.
    os.environ.update(SE_OFFLINE="true", SE_AVOID_STATS="true")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        f"--window-size={width},{height}",
        f"--user-data-dir={profile}",
        f"--lang={language}",
    ):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"intl.accept_languages": language})
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    service = webdriver.ChromeService(executable_path=driver)
    return webdriver.Chrome(options=options, service=service)


def requests(browser: Any) -> list[str]:
    """Every address asked for since the last call."""
    asked = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            asked.append(message["params"]["request"]["url"])
        elif message["method"] == "Network.webSocketCreated":
            asked.append(message["params"]["url"])
    return asked


def elsewhere(urls: list[str]) -> list[str]:
    """Those of ``urls`` that lie beyond this machine."""
    return [url for url in urls if urlsplit(url).scheme not in INSIDE and urlsplit(url).hostname not in LOCAL]


def resize(browser: Any, width: int, height: int) -> None:
    """Give the page itself this size; a window cannot be narrower than the browser's own controls."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


PALE = """
const paint = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
const rgb = (colour) => {
  paint.clearRect(0, 0, 1, 1); paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1);
  return [...paint.getImageData(0, 0, 1, 1).data];
};
const light = (colour) => colour.slice(0, 3).map((v) => v / 255)
  .map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
  .reduce((sum, v, n) => sum + v * [.2126, .7152, .0722][n], 0);
const behind = (element) => {
  const colour = element ? rgb(getComputedStyle(element).backgroundColor) : [255, 255, 255, 255];
  return colour[3] === 255 ? colour : behind(element.parentElement);
};
return [...document.querySelectorAll('[placeholder]')].filter((each) => each.checkVisibility()).map((each) => {
  const [one, other] = [rgb(getComputedStyle(each, '::placeholder').color), behind(each)].map(light);
  return [each.placeholder, (Math.max(one, other) + .05) / (Math.min(one, other) + .05)];
}).filter(([_, ratio]) => ratio < 4.5);
"""
"""Script: the placeholders with less contrast than the 4.5 : 1 of WCAG 2.2, 1.4.3, each with its own."""


def prefer(browser: Any, scheme: str) -> None:
    """What the system says about ``light`` and ``dark``."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
