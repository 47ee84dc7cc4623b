"""All sheets of the workbook, in the order in which they are filled."""

from __future__ import annotations

from collections.abc import Mapping

from mcqms_kg.interop.workbook.plan import Sheet
from mcqms_kg.interop.workbook.sheets_credentials import CREDENTIALS, CURRICULUM
from mcqms_kg.interop.workbook.sheets_improvement import EVALUATION, EXCEPTIONS, IMPROVEMENT
from mcqms_kg.interop.workbook.sheets_planning import PLANNING
from mcqms_kg.interop.workbook.sheets_provider import FOUNDATION, ORGANISATION

SHEETS: tuple[Sheet, ...] = (
    *ORGANISATION, *FOUNDATION, *PLANNING, *CURRICULUM, *CREDENTIALS, *EVALUATION, *IMPROVEMENT, *EXCEPTIONS
)  # fmt: skip
BY_KEY: Mapping[str, Sheet] = {sheet.key: sheet for sheet in SHEETS}
