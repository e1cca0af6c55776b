"""The HTML page of a mail. Pure.

Mail clients know no style sheets, so the page is a table with inline styles.
"""

MAIL_FONT = "font-family:Arial,Helvetica,sans-serif;"
"""The style of a text."""


def mail_page(rows: str, footer: str, *, columns: int = 1) -> str:
    """Return the page of a mail.

    Args:
        rows: The HTML of the rows of the table.
        footer: The HTML of the small print below.
        columns: How many columns the rows have.
    """
    span = f' colspan="{columns}"' if columns > 1 else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Metrica</title></head>'
        '<body style="margin:0;padding:0;background:#f1f5f9">'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f1f5f9"><tr>'
        '<td align="center" style="padding:16px">'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"'
        ' style="max-width:600px;background:#ffffff;border:1px solid #cbd5e1">'
        f"{rows}"
        f'<tr><td{span} style="{MAIL_FONT}padding:16px;font-size:12px;line-height:18px;color:#475569">'
        f"{footer}</td></tr></table></td></tr></table></body></html>\n"
    )
