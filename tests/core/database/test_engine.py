"""How connections are set up."""

from __future__ import annotations

from drillapp.core.office import Office


def test_a_server_does_not_compile_our_statements(office_url: str) -> None:
    with Office.open(office_url) as office, office.read() as connection:
        assert connection.exec_driver_sql("SHOW jit").scalar() == "off"
