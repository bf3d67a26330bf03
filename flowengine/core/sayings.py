"""What the bot says of its own accord, where the author left the words to us."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

AGAIN: Mapping[str, Mapping[str, str]] = {
    "pt-BR": {
        "text": "Não entendi. Pode escrever de novo?",
        "number": "Preciso de um número. Pode escrever de novo?",
        "integer": "Preciso de um número inteiro, como 3. Pode escrever de novo?",
        "date": "Não reconheci a data. Pode escrever assim: 22/11/2026?",
        "time": "Não reconheci o horário. Pode escrever assim: 14:30?",
        "email": "Esse e-mail não parece certo. Pode escrever de novo, como nome@exemplo.com.br?",
        "phone": "Esse telefone não parece certo. Pode escrever de novo, com o DDD?",
        "cpf": "Esse CPF não confere. Pode escrever de novo, com os 11 números?",
        "cnpj": "Esse CNPJ não confere. Pode escrever de novo, com os 14 caracteres?",
        "cep": "Esse CEP não parece certo. Pode escrever de novo, com os 8 números?",
        "url": "Esse link não parece certo. Pode enviar de novo?",
        "name": "Não entendi o nome. Pode escrever de novo, só o nome?",
        "yes_no": "Não entendi. Pode responder sim ou não?",
        "rating": "Não entendi. Pode responder com um número de {least} a {scale}?",
        "file": "Preciso de um arquivo. Pode enviar?",
        "image": "Preciso de uma imagem. Pode enviar uma foto?",
        "audio": "Preciso de um áudio. Pode gravar e enviar?",
        "location": "Preciso da localização. Pode compartilhar pelo aplicativo?",
        "menu": "Não entendi. Escolha uma das opções:",
    },
    "en": {
        "text": "I did not understand. Could you write it again?",
        "number": "I need a number. Could you write it again?",
        "integer": "I need a whole number, such as 3. Could you write it again?",
        "date": "I did not recognise the date. Could you write it like 11/22/2026?",
        "time": "I did not recognise the time. Could you write it like 2:30 pm?",
        "email": "That e-mail does not look right. Could you write it again, like name@example.com?",
        "phone": "That phone number does not look right. Could you write it again, with the area code?",
        "cpf": "That CPF does not check out. Could you write it again, with its 11 digits?",
        "cnpj": "That CNPJ does not check out. Could you write it again, with its 14 characters?",
        "cep": "That CEP does not look right. Could you write it again, with its 8 digits?",
        "url": "That link does not look right. Could you send it again?",
        "name": "I did not get the name. Could you write it again, just the name?",
        "yes_no": "I did not understand. Could you answer yes or no?",
        "rating": "I did not understand. Could you answer with a number from {least} to {scale}?",
        "file": "I need a file. Could you send it?",
        "image": "I need a picture. Could you send a photo?",
        "audio": "I need a voice message. Could you record and send it?",
        "location": "I need your location. Could you share it from the app?",
        "menu": "I did not understand. Please choose one of the options:",
    },
}

YES_NO: Mapping[str, tuple[str, str]] = {"pt-BR": ("Sim", "Não"), "en": ("Yes", "No")}

_CLOSED = {
    "pt-BR": "Nosso atendimento está fechado agora. Sua mensagem ficou na fila e respondemos {when}.",
    "en": "We are closed right now. Your message is in the queue and we will answer {when}.",
}
_SOON = {"pt-BR": "assim que abrirmos", "en": "as soon as we open"}


def again(answer_type: str, language: str, *, least: int = 1, scale: int = 5) -> str:
    """Asks once more, in words that fit the type of answer."""
    texts = AGAIN.get(language, AGAIN["en"])
    return texts.get(answer_type, texts["text"]).format(least=least, scale=scale)


def closed(opening: datetime | None, *, now: datetime, language: str, timezone: str) -> str:
    """Tells the contact that nobody is there, and when the doors open again."""
    language = language if language in _CLOSED else "en"
    if opening is None:
        return _CLOSED[language].format(when=_SOON[language])
    zone = ZoneInfo(timezone)
    local, today = opening.astimezone(zone), now.astimezone(zone).date()
    locale = language.replace("-", "_")
    if language == "pt-BR":
        clock = local.strftime("%H:%M")
        day = "hoje" if local.date() == today else format_date(local.date(), "EEEE, dd/MM", locale=locale)
        return _CLOSED[language].format(when=f"{day}, às {clock}")
    clock = str(format_time(local.time(), "short", locale=locale)).replace("\u202f", " ")
    day = "today" if local.date() == today else format_date(local.date(), "EEEE, MMM d", locale=locale)
    return _CLOSED[language].format(when=f"{day} at {clock}")
