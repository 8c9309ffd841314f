"""Asks a server through the cloud service's own client.

Each line of standard input is a call: {"action", "parameters", "key", "secret"}; each line of standard output is its
answer: {"body"} or {"error": {"code", "status"}}. The endpoint is the one argument.
"""

import json
import re
import sys

from alibabacloud_ice20201109 import models
from alibabacloud_ice20201109.client import Client
from alibabacloud_tea_openapi.models import Config
from darabonba.exceptions import DaraException


def call(endpoint, action, parameters, key, secret):
    config = Config(
        access_key_id=key, access_key_secret=secret, endpoint=endpoint, protocol="HTTP", region_id="cn-shanghai"
    )
    method = re.sub(r"(?<!^)(?=[A-Z])", "_", action).lower()
    request = getattr(models, f"{action}Request")().from_map(parameters)
    try:
        answer = getattr(Client(config), method)(request)
    except DaraException as error:
        return {"error": {"code": error.code, "status": getattr(error, "status_code", None)}}
    return {"body": answer.body.to_map()}


for line in sys.stdin:
    print(json.dumps(call(sys.argv[1], **json.loads(line))), flush=True)
