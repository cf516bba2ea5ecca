import pytest

from scaffold.toolchain.install_hints import how_to_get, operating_system


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("ID=debian\n", "debian"),
        ('NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', "debian"),
        ('ID="linuxmint"\nID_LIKE="ubuntu debian"\n', "debian"),
        ("ID=fedora\n", "fedora"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "fedora"),
        ("ID=arch\n", "arch"),
        ("ID=alpine\n", "alpine"),
        ("ID=nixos\n", ""),
    ],
)
def test_linux_systems_are_known_by_their_release_file(tmp_path, text, system):
    release = tmp_path / "os-release"
    release.write_text(text)
    assert operating_system("linux", release) == system


def test_other_systems_are_known_by_their_platform(tmp_path):
    missing = tmp_path / "none"
    systems = [operating_system(platform, missing) for platform in ("darwin", "win32", "freebsd14")]
    assert systems == ["macos", "windows", ""]


def test_the_systems_own_command_comes_before_the_page():
    assert how_to_get("uv", "https://page", system="macos") == "brew install uv · https://page"


def test_an_unknown_tool_or_system_has_the_page_alone():
    assert how_to_get("meteor", "https://page", system="macos") == "https://page"
    assert how_to_get("uv", "https://page", system="") == "https://page"


def test_a_command_the_template_also_names_is_said_once():
    assert how_to_get("uv", "brew install uv", system="macos") == "brew install uv"
