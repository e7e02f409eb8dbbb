"""What tests of a page share: a Chromium without a window, driven over the W3C's WebDriver protocol. Not a test itself."""
import base64
import json
import os
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb"]
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "ArrowUp": "\ue013", "ArrowDown": "\ue015", "PageDown": "\ue00f", "PageUp": "\ue00e",
        "Home": "\ue011", "End": "\ue010", "Tab": "\ue004", "Backspace": "\ue003"}
WAITS = 120     # seconds for one command of the browser


def is_there():
    return bool(CHROMIUM and DRIVER)


class Browser:
    """A browser with a profile of its own, which close() ends."""

    def __init__(self, width=1440, height=900):
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        self._process = subprocess.Popen([DRIVER, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
        self._address = f"http://127.0.0.1:{self._find_port()}"
        options = {"binary": CHROMIUM, "args": [*FLAGS, f"--window-size={width},{height}", f"--user-data-dir={self._profile.name}"]}
        answer = self._call("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}})
        self._address += f"/session/{answer['sessionId']}"
        self.resize(width, height)

    def _find_port(self):
        for line in self._process.stdout:
            if "successfully on port" in line:
                return int(line.rstrip().rstrip(".").rpartition(" ")[2])
        raise RuntimeError("chromedriver does not start")

    def _call(self, method, path, body=None):
        request = urllib.request.Request(self._address + path, method=method, headers={"Content-Type": "application/json"},
                                         data=json.dumps(body or {}).encode() if method == "POST" else None)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=WAITS) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise AssertionError(f"{value['error']}: {value['message']}") from error

    def close(self):
        try:
            self._call("DELETE", "")
        finally:
            self._process.terminate()
            self._process.wait()
            self._profile.cleanup()

    def open(self, path):
        self.go("file://" + os.path.abspath(path))

    def go(self, address):
        """As if a person had typed the address."""
        self._call("POST", "/url", {"url": address})

    def run(self, script, *arguments):
        """What a function's body returns in the page."""
        return self._call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def run_until_called(self, script, *arguments):
        """What the script hands to its last argument, a function."""
        return self._call("POST", "/execute/async", {"script": script, "args": list(arguments)})

    def wait(self, script, *arguments):
        """Until the expression is true; asks in the page, once a frame."""
        found = self.run_until_called("const [done, ...rest] = [...arguments].reverse(), end = performance.now() + 25000;"
                                      f"const look = () => ({script}) ? done(true) : performance.now() > end ? done(false) :"
                                      "requestAnimationFrame(look); look();", *arguments)
        assert found, f"waited in vain for {script}"

    def _find(self, selector):
        return next(iter(self._call("POST", "/element", {"using": "css selector", "value": selector}).values()))

    def click(self, selector):
        self._call("POST", f"/element/{self._find(selector)}/click")

    def press(self, *keys):
        """Keys by name, or text, as from a keyboard."""
        strokes = [stroke for key in keys for stroke in ([KEYS[key]] if key in KEYS else key)]
        actions = [{"type": kind, "value": stroke} for stroke in strokes for kind in ("keyDown", "keyUp")]
        self._call("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def command(self, name, **parameters):
        """A command of Chromium's own."""
        return self._call("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def resize(self, width, height, is_phone=False):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, mobile=is_phone,
                     deviceScaleFactor=2 if is_phone else 1)

    def prefer(self, scheme):
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def picture(self):
        """The window as a PNG, in Base64."""
        return self._call("GET", "/screenshot")

    def screenshot(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.picture()))

    def print(self):
        return base64.b64decode(self._call("POST", "/print"))

    def complaints(self):
        """What stands in the browser's console since the last call."""
        return [entry["message"] for entry in self._call("POST", "/se/log", {"type": "browser"})]
