"""The account doors: address, name and limits of each. What happens is in the module of each journey."""

from flask import Blueprint

from app.web.public import confirm, register, reset, sign_in, sign_in_code
from app.web.shared.limits import limited, linked_account

blueprint = Blueprint("security", __name__, template_folder="templates")
FORM = ["GET", "POST"]

_add = blueprint.add_url_rule
_add("/sign-in", "login", limited(sign_in.show, failures_only=True), methods=FORM)
_add("/sign-in/code", "send_code", limited(sign_in_code.ask, sends_letter=True), methods=FORM)
_add(
    "/sign-in/code/enter",
    "enter_code",
    limited(sign_in_code.enter, sign_in_code.account_asked_for, failures_only=True),
    methods=FORM,
)
_add("/sign-out", "logout", sign_in.out, methods=FORM)
_add("/register", "register", limited(register.show, sends_letter=True), methods=FORM)
_add("/register/sent", "registered", register.sent)
_add("/confirm", "send_confirmation", limited(confirm.again, sends_letter=True), methods=FORM)
_add("/confirm/sent", "confirmation_sent", confirm.sent)
_add("/confirm/<token>", "confirm_email", limited(confirm.show, linked_account), methods=FORM)
_add("/reset", "forgot_password", limited(reset.ask, sends_letter=True), methods=FORM)
_add("/reset/sent", "reset_sent", reset.sent)
_add("/reset/<token>", "reset_password", limited(reset.show, linked_account), methods=FORM)
_add("/invitations/<token>", "accept_invitation", limited(reset.show_invited, linked_account), methods=FORM)
