"""Receives the events of an order from `papi sandbox` through the exchange's own library.

A client that shares no code with the sandbox shows that the sandbox is not only right for ours: the key, the upgrade,
the subscription and the events are read by somebody else's code. Takes the path of the program `papi`.
"""

import asyncio
import subprocess
import sys

from binance_common.configuration import ConfigurationRestAPI, ConfigurationWebSocketStreams
from binance_sdk_derivatives_trading_portfolio_margin import DerivativesTradingPortfolioMargin
from binance_sdk_derivatives_trading_portfolio_margin.rest_api.models import (
    NewUmOrderSideEnum,
    NewUmOrderTypeEnum,
)

# Longer than all of it takes, in seconds.
PATIENCE = 40

EXPECTED = [
    ("ordertradeupdate", "NEW", "NEW"),
    ("accountupdate", None, None),
    ("ordertradeupdate", "TRADE", "FILLED"),
]


def exports(lines):
    """Returns the variables that `papi sandbox` prints for a shell."""
    variables = {}
    for line in lines:
        name, _, value = line.removeprefix("export ").strip().partition("=")
        variables[name] = value
        if len(variables) == 3:
            return variables
    raise SystemExit("papi sandbox ended before it told its address")


def short(event):
    """Returns what an event says in three words."""
    told = event.actual_instance
    if isinstance(told, dict):
        # The library hands on as it came what differs from the documentation: the break-even price is a number on the
        # wire, and a text in the documentation.
        name, order = told["e"].replace("_", ""), {}
    else:
        name, order = type(told).__name__, told.to_dict().get("o", {})
    return (name.lower(), order.get("x"), order.get("X"))


async def listen(variables):
    url = variables["PAPI_BASE_URL"]
    client = DerivativesTradingPortfolioMargin(
        config_rest_api=ConfigurationRestAPI(
            api_key=variables["BINANCE_API_KEY"],
            api_secret=variables["BINANCE_API_SECRET"],
            base_path=url,
        ),
        config_ws_streams=ConfigurationWebSocketStreams(
            stream_url=url.replace("http:", "ws:", 1) + "/pm",
        ),
    )
    key = client.rest_api.start_user_data_stream().data().listen_key
    connection = await client.websocket_streams.create_connection()
    stream = await connection.user_data(key)
    heard = asyncio.Queue()
    stream.on("message", lambda event: heard.put_nowait(short(event)))

    order = await asyncio.to_thread(
        client.rest_api.new_um_order,
        symbol="BTCUSDT",
        side=NewUmOrderSideEnum.BUY,
        type=NewUmOrderTypeEnum.MARKET,
        quantity=0.01,
    )
    print("placed", order.data().order_id)
    for expected in EXPECTED:
        event = await heard.get()
        print("heard", *filter(None, event))
        if event != expected:
            raise SystemExit(f"expected {expected}")
    await connection.close_connection(close_session=True)


def main():
    command = [sys.argv[1], "sandbox"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sandbox:
        try:
            asyncio.run(asyncio.wait_for(listen(exports(sandbox.stdout)), PATIENCE))
        finally:
            sandbox.terminate()


main()
